"""The attacker: what can be worked out of all that is shown, by somebody who has nothing else.

Shares no code with the rooms that choose what is withheld.
"""
