title = "To start a process from one that has much memory"
unit = "microseconds, logarithmic"
@logarithmic_bars
