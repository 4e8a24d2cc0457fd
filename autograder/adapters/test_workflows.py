"""Is the workflow of GitHub what it promises, and is the job of GitLab whole? test_workflows.py GITHUB GITLAB"""
import os
import sys

import yaml

# What GitHub documents ("Workflow syntax for GitHub Actions"), as far as it is used.
WORKFLOW = {"name", "on", "permissions", "concurrency", "env", "jobs"}
JOB = {"runs-on", "timeout-minutes", "steps"}
STEP = {"name", "if", "uses", "with", "run", "working-directory"}


def expect(true, what):
    if not true:
        sys.exit(f"adapters: {what}")


def programs(command):
    return [word for word in command.replace('"', " ").replace("$GRADER/", "").split() if word.endswith((".sh", "/install"))]


def check_github(text):
    workflow = yaml.safe_load(text)
    workflow["on"] = workflow.pop(True)  # YAML 1.1 takes "on" for a truth value
    expect(set(workflow) <= WORKFLOW, "the workflow has keys that GitHub does not know")
    expect(workflow["permissions"] == {"contents": "read"}, "the workflow's token may do more than read")
    expect("secrets." not in text and "pull_request_target" not in text, "the workflow has secrets")
    for job in workflow["jobs"].values():
        expect(set(job) <= JOB, "a job has keys that GitHub does not know")
        for step in job["steps"]:
            expect(set(step) <= STEP, f"a step has keys that GitHub does not know: {step}")
            expect(("uses" in step) != ("run" in step), f"a step uses something, or runs something: {step}")
            for program in programs(step.get("run", "")):
                expect(os.access(program, os.X_OK), f"the workflow runs {program}, which is not there")
            if step.get("uses", "").startswith("actions/checkout@"):
                expect(step["with"]["persist-credentials"] is False, "the token stays in the clone")


def check_gitlab(text):
    jobs = yaml.safe_load(text)
    expect(set(jobs) == {"grade"}, "the job of GitLab is not there")
    job = jobs["grade"]
    for program in programs(" ".join(job["before_script"] + job["script"])):
        expect(os.access(program, os.X_OK), f"the job of GitLab runs {program}, which is not there")
    expect(job["artifacts"]["when"] == "always", "what failed leaves no report")
    for written in job["artifacts"]["paths"] + [job["artifacts"]["reports"]["junit"]]:
        expect(f"--output {written}" in job["script"][0], f"{written} is not written")


for path, check in zip(sys.argv[1:], (check_github, check_gitlab)):
    with open(path, encoding="utf-8") as file:
        check(file.read())
