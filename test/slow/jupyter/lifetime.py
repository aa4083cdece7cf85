"""How a kernel ends and starts again: each test has a kernel of its own, and leaves no process."""

import time
import unittest

from kernel_session import KernelSession

never_ends = "console.log('started'); while (true) {}"


class Ends(unittest.TestCase):
    def setUp(self):
        self.session = KernelSession()

    def tearDown(self):
        self.session.close()
        self.assertLess(self.session.wait_until_gone(5), 5, f"left behind: {self.session.processes()}")

    def check_shutdown(self, limit):
        request = self.session.send("shutdown_request", {"restart": False}, "control")
        begin = time.monotonic()
        while request not in self.session.replies and time.monotonic() - begin < 5:
            self.session.receive(0.05)
        content = self.session.replies[request]["content"]
        self.assertEqual(content, {"status": "ok", "restart": False})
        gone = self.session.wait_until_gone(5)
        self.assertLess(gone, limit, f"still there: {self.session.processes()}")
        self.assertEqual(self.session.manager.provisioner.process.wait(), 0)

    def test_shutdown_with_a_live_timer_takes_less_than_2_seconds(self):
        self.session.run("setInterval(() => undefined, 1000); 1")
        self.check_shutdown(2)

    def test_shutdown_during_an_endless_loop_takes_less_than_2_seconds(self):
        request = self.session.start(never_ends)
        self.session.wait_for_print(request, "started")
        self.check_shutdown(2)

    def test_shutdown_of_an_idle_kernel_takes_less_than_a_second(self):
        self.check_shutdown(1)

    def test_a_child_of_a_cell_does_not_survive_the_kernel(self):
        self.session.run("import { spawn } from 'node:child_process'; spawn('sleep', ['1000']); 1")
        self.check_shutdown(2)

    def test_a_cell_that_calls_process_exit_says_so_before_the_kernel_is_gone(self):
        request = self.session.start("console.log('last words'); process.exit(3)")
        answer = self.session.wait(request, 10)
        (error,) = answer.of_type("error")
        self.assertEqual((answer.status, answer.text(), error["ename"]), ("error", "last words\n", "KernelDied"))
        self.assertIn("process.exit(3)", error["evalue"])
        self.assertLess(self.session.wait_until_gone(3), 3)
        self.assertEqual(self.session.manager.provisioner.process.wait(), 3)

    def test_a_kernel_that_is_killed_leaves_nothing(self):
        request = self.session.start(never_ends)
        self.session.wait_for_print(request, "started")
        self.session.kill("kernel-main")
        self.assertLess(self.session.wait_until_gone(3), 3, f"left behind: {self.session.processes()}")


class Restarts(unittest.TestCase):
    def setUp(self):
        self.session = KernelSession()

    def tearDown(self):
        self.session.close()
        self.assertLess(self.session.wait_until_gone(5), 5, f"left behind: {self.session.processes()}")

    def check_restart(self):
        begin = time.monotonic()
        self.session.manager.restart_kernel(now=False)
        self.session.client.wait_for_ready(timeout=30)
        answer = self.session.run("'remembered' in globalThis")
        self.assertEqual(answer.of_type("execute_result")[0]["data"]["text/plain"], "false")
        self.assertEqual(answer.reply["content"]["execution_count"], 1)
        self.assertLess(time.monotonic() - begin, 10)

    def test_of_an_idle_kernel_forgets_everything(self):
        self.session.run("globalThis.remembered = 1")
        self.check_restart()

    def test_with_a_live_timer(self):
        self.session.run("globalThis.remembered = 1; setInterval(() => undefined, 1000); 1")
        self.check_restart()

    def test_during_an_endless_loop(self):
        request = self.session.start("globalThis.remembered = 1;" + never_ends)
        self.session.wait_for_print(request, "started")
        self.check_restart()
