"""An analyst's own tables of counts, made safe to publish by themselves; no report uses this room.

`suppress` is the way in: it reads tables (`counts`), adds their sums (`count_sums`), sets those of the same
people beside each other (`linked_counts`, `rings`), has `disclosure/suppression` choose what to withhold, and
gives back what may be shown (`suppressed`). Whoever uses it imports it from `asf_analysis.disclosure`.
"""
