"""Runs the tests of one module beside this file and writes how each went: run_tests.py MODULE KERNEL RESULTS.json"""

import importlib
import json
import os
import signal
import sys
import traceback
import unittest


class Outcomes(unittest.TestResult):
    """Per test: passed, failed or skipped, with the reason. A sub-test counts for its test."""

    def __init__(self):
        super().__init__()
        self.tests = {}

    def note(self, test, outcome, reason):
        own = getattr(test, "test_case", test)
        name = own.id().split(".", 1)[-1]
        seen, reasons = self.tests.get(name, ("passed", []))
        worse = outcome if seen == "passed" or outcome == "failed" else seen
        self.tests[name] = (worse, reasons + ([reason] if reason else []))

    def startTest(self, test):
        super().startTest(test)
        signal.alarm(60)
        self.note(test, "passed", "")

    def addError(self, test, err):
        self.note(test, "failed", why(err))

    addFailure = addError

    def addSkip(self, test, reason):
        self.note(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(subtest, "failed", f"{subtest._subDescription()} {why(err)}")


def stop_waiting(*_):
    raise TimeoutError("nothing came within 60 s")


def why(error):
    """The exception and the last line of the test that raised it."""
    return "".join([*traceback.format_tb(error[2])[-1:], *traceback.format_exception_only(*error[:2])])


signal.signal(signal.SIGALRM, stop_waiting)
os.environ["KERNEL_NAME"] = sys.argv[2]
module = importlib.import_module(sys.argv[1])
outcomes = Outcomes()
unittest.defaultTestLoader.loadTestsFromModule(module).run(outcomes)
tests = [
    {"name": name, "outcome": outcome, "reason": "\n".join(reasons)}
    for name, (outcome, reasons) in outcomes.tests.items()
]
with open(sys.argv[3], "w") as file:
    json.dump(tests, file)
