# The first table of message_cost.out. From 0.007 to hundreds of microseconds: each step of the axis is ten times the one before.
title = "Time of a message, by its size in bytes"
unit = "microseconds, logarithmic"
@logarithmic_bars
