# What it takes to get 10 images of 320 x 240, each after a delay.
title = "10 images of 320 x 240, each after a delay"
unit = "milliseconds"
@bars
