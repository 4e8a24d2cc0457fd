# What a map costs whose items do nothing.
title = "An item that does nothing"
unit = "nanoseconds, logarithmic"
@logarithmic_bars
