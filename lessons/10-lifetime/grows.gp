title = "Memory of the worker that has done the task"
unit = "MiB in RAM"
@bars
