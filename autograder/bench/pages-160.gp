# What it takes to get 160 pages of 20 kB, each after a delay.
title = "160 pages of 20 kB, each after a delay"
unit = "milliseconds"
@bars
