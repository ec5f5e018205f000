"""The cheapest pattern of withheld figures from which none that must be kept can be worked out."""
