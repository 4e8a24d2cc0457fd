# What it takes to get 60 images of 320 x 240, each after a delay.
title = "60 images of 320 x 240, each after a delay"
unit = "milliseconds"
@bars
