// The commands of build/grade. Each takes its own arguments (argv[0] is the command's name) and returns
// the exit status.
#pragma once

int command_grade(int argc, char **argv);  // the default
int command_list(int argc, char **argv);   // the exercises and what was reached
int command_hint(int argc, char **argv);   // one hint more, of an exercise or of the next one
int command_run(int argc, char **argv);    // one drive by hand
int command_check(int argc, char **argv);  // proves the exercises themselves
int command_batch(int argc, char **argv);  // a class: a folder of submissions
int command_doctor(int argc, char **argv); // what is installed, and what the sandbox can do
int command_report(int argc, char **argv); // other reports of a result that was kept
