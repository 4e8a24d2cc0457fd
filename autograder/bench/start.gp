# Pools that do nothing but start and end.
title = "Eight workers: start, close, join"
unit = "microseconds, logarithmic"
@logarithmic_bars
