# What a map costs whose items and results have 1 KiB.
title = "An item of 1 KiB, and a result of 1 KiB"
unit = "nanoseconds, logarithmic"
@logarithmic_bars
