# From a few nanoseconds to hundreds of microseconds: each step of the axis is a hundred times the one before.
title = "An item of no work, by the way it goes"
unit = "microseconds, logarithmic"
@logarithmic_bars
