"""What front ends rely on and jupyter_kernel_test does not ask."""

import time
import unittest

import zmq
from kernel_session import KernelSession

never_ends = "while (true) {}"


class OneKernel(unittest.TestCase):
    """The tests of a class share a kernel."""

    @classmethod
    def setUpClass(cls):
        cls.session = KernelSession()

    @classmethod
    def tearDownClass(cls):
        cls.session.close()


class Cells(OneKernel):
    def test_a_cell_is_announced_with_its_code_and_its_count_before_its_outputs(self):
        first = self.session.run("console.log('a')")
        second = self.session.run("console.log('b')")
        self.assertEqual(first.types(), ["status", "execute_input", "stream", "status"])
        self.assertEqual(first.of_type("execute_input")[0]["code"], "console.log('a')")
        counts = [answer.of_type("execute_input")[0]["execution_count"] for answer in (first, second)]
        self.assertEqual(counts[1], counts[0] + 1)
        self.assertEqual(second.reply["content"]["execution_count"], counts[1])

    def test_a_silent_cell_runs_without_a_trace(self):
        before = self.session.run("1").reply["content"]["execution_count"]
        silent = self.session.run("globalThis.quiet = 7; console.log('unheard')", silent=True)
        self.assertEqual(silent.status, "ok")
        self.assertEqual(set(silent.types()), {"status"})
        after = self.session.run("globalThis.quiet")
        self.assertEqual(after.reply["content"]["execution_count"], before + 1)
        self.assertEqual(after.of_type("execute_result")[0]["data"]["text/plain"], "7")

    def test_a_cell_that_is_not_to_be_stored_is_shown_but_not_counted_nor_remembered(self):
        before = self.session.run("1").reply["content"]["execution_count"]
        answer = self.session.run("console.log('shown'); 'unstored'.length", store_history=False)
        self.assertEqual(answer.text(), "shown\n")
        self.assertEqual(self.session.run("1").reply["content"]["execution_count"], before + 1)
        tail = {"hist_access_type": "tail", "n": 100, "output": False, "raw": True}
        history = self.session.ask("history_request", tail).reply["content"]["history"]
        self.assertFalse([line for line in history if "unstored" in line[2]])

    def test_user_expressions_are_answered_each_for_itself(self):
        expressions = {"sum": "20 + 22", "wrong": "nobodyDeclaredThis"}
        answer = self.session.run("const unit = 1", user_expressions=expressions).reply["content"]["user_expressions"]
        self.assertEqual(answer["sum"]["status"], "ok")
        self.assertEqual(answer["sum"]["data"]["text/plain"], "42")
        self.assertEqual(answer["wrong"]["status"], "error")
        self.assertTrue(answer["wrong"]["ename"])

    def test_a_frame_at_the_end_of_a_cell_is_a_result_with_a_table(self):
        answer = self.session.run('import { DataFrame } from "danfojs-node"; new DataFrame({ size: [12, 30] })')
        data = answer.of_type("execute_result")[0]["data"]
        self.assertIn("<table", data["text/html"])
        self.assertIn("30", data["text/plain"])

    def test_a_display_can_be_updated_under_its_id(self):
        code = "import { newDisplay } from 'tslab'; const box = newDisplay(); box.text('one'); box.text('two')"
        answer = self.session.run(code)
        shown, updated = answer.of_type("display_data"), answer.of_type("update_display_data")
        self.assertEqual([shown[0]["data"], updated[0]["data"]], [{"text/plain": "one"}, {"text/plain": "two"}])
        self.assertEqual(shown[0]["transient"]["display_id"], updated[0]["transient"]["display_id"])

    def test_a_write_calls_back(self):
        answer = self.session.run("await new Promise((done) => process.stdout.write('written', () => done(0)))")
        self.assertEqual((answer.status, answer.text()), ("ok", "written"))

    def test_what_child_processes_and_native_code_print_is_the_cells(self):
        answer = self.session.run(
            "import { execSync } from 'node:child_process'; import { writeSync } from 'node:fs';"
            "execSync('echo from a child; echo and its errors >&2', { stdio: 'inherit' });"
            "writeSync(1, 'past the stream\\n'); await new Promise((done) => setTimeout(done, 100));"
        )
        self.assertIn("from a child\n", answer.text())
        self.assertIn("past the stream\n", answer.text())
        self.assertIn("and its errors\n", answer.text("stderr"))

    def test_late_output_belongs_to_the_cell_that_started_it(self):
        early = self.session.start("setTimeout(() => console.log('late'), 300)")
        self.session.wait(early)
        other = self.session.run("await new Promise((done) => setTimeout(done, 600)); console.log('own')")
        self.session.receive_for(0.3)
        self.assertEqual(other.text(), "own\n")
        late = [message["content"]["text"] for message in self.session.published[early] if message["msg_type"] == "stream"]
        self.assertEqual(late, ["late\n"])

    def test_60000_lines_arrive_complete_and_in_order(self):
        text = self.session.run("for (let i = 0; i < 60000; i++) console.log(i)").text()
        self.assertEqual(text, "".join(f"{i}\n" for i in range(60000)))

    def test_600_displays_arrive_complete_and_in_order(self):
        answer = self.session.run("import { display } from 'tslab'; for (let i = 0; i < 600; i++) display.text(String(i))")
        self.assertEqual(
            [display["data"]["text/plain"] for display in answer.of_type("display_data")],
            [str(i) for i in range(600)],
        )


class Errors(OneKernel):
    def check_error(self, code, name, value):
        answer = self.session.run(code)
        self.assertEqual(answer.status, "error")
        (error,) = answer.of_type("error")
        self.assertEqual((error["ename"], error["evalue"]), (name, value))
        reply = answer.reply["content"]
        for field in ("ename", "evalue", "traceback"):
            self.assertEqual(reply[field], error[field])
        self.assertTrue(error["traceback"])
        self.assertNotRegex("\n".join(error["traceback"]), r"/(home|root|tmp|work|usr)/|node_modules/tslab|node:")
        self.assertEqual(answer.text("stderr"), "")
        return error

    def test_an_error_has_name_value_and_traceback_in_the_notebooks_terms(self):
        error = self.check_error("function tooFar() {\n  throw new RangeError('too far');\n}\ntooFar()", "RangeError", "too far")
        self.assertRegex("\n".join(error["traceback"]), r"tooFar.*cell")

    def test_anything_can_be_thrown(self):
        for thrown, value in (("null", "null"), ("undefined", "undefined"), ("'text'", "'text'"), ("{ a: 1 }", "{ a: 1 }")):
            with self.subTest(thrown=thrown):
                answer = self.session.run(f"throw {thrown}")
                self.assertEqual(answer.status, "error")
                self.assertIn(value.strip("'"), answer.of_type("error")[0]["evalue"])

    def test_a_type_error_is_an_error_with_its_line(self):
        answer = self.session.run("const fine = 1;\nconst wrong: number = 'x'")
        (error,) = answer.of_type("error")
        self.assertEqual(error["ename"], "CompileError")
        self.assertIn("2:", error["evalue"])

    def test_a_rejection_that_nobody_awaits_fails_its_cell(self):
        answer = self.session.run("Promise.reject(new RangeError('nobody waits')); 1")
        self.assertEqual((answer.status, answer.of_type("error")[0]["evalue"]), ("error", "nobody waits"))

    def test_an_error_in_a_timer_is_reported_as_that_of_its_cell(self):
        early = self.session.start("setTimeout(() => { throw new RangeError('too late'); }, 200)")
        self.session.wait(early)
        other = self.session.run("await new Promise((done) => setTimeout(done, 500)); 1")
        self.assertEqual(other.status, "ok")
        errors = [message["content"]["evalue"] for message in self.session.published[early] if message["msg_type"] == "error"]
        self.assertEqual(errors, ["too late"])

    def test_the_cell_that_follows_an_error_at_once_is_run(self):
        self.session.run("throw new Error('first')")
        self.assertEqual(self.session.run("40 + 2").of_type("execute_result")[0]["data"]["text/plain"], "42")

    def test_cells_that_wait_behind_an_error_are_aborted_and_say_so(self):
        failing = self.session.start("await new Promise((done) => setTimeout(done, 200)); throw new Error('first')")
        waiting = [self.session.start("console.log('must not run')") for _ in range(3)]
        self.assertEqual(self.session.wait(failing).status, "error")
        for request in waiting:
            answer = self.session.wait(request)
            self.assertEqual((answer.status, answer.text()), ("aborted", ""))
        self.assertEqual(self.session.run("'alive'").status, "ok")

    def test_cells_that_wait_behind_an_error_run_where_the_client_wants_it(self):
        failing = self.session.start("throw new Error('first')", stop_on_error=False)
        waiting = [self.session.start(f"console.log({i})") for i in range(3)]
        self.assertEqual(self.session.wait(failing).status, "error")
        self.assertEqual([self.session.wait(request).text() for request in waiting], ["0\n", "1\n", "2\n"])


class Interrupts(unittest.TestCase):
    """A kernel for each: one that cannot be interrupted must not spoil the next test."""

    def setUp(self):
        self.session = KernelSession()
        self.session.run("1", timeout=60)

    def tearDown(self):
        self.session.close()

    def interrupt(self, code):
        """Interrupts code that runs by a message; how long it took and what came."""
        request = self.session.start(f"console.log('started');\n{code}")
        self.session.wait_for_print(request, "started")
        time.sleep(0.3)
        begin = time.monotonic()
        reply = self.session.ask("interrupt_request", {}, channel="control").reply
        self.assertEqual((reply["msg_type"], reply["content"]["status"]), ("interrupt_reply", "ok"))
        answer = self.session.wait(request, 5)
        return answer, time.monotonic() - begin

    def check_interrupted(self, code):
        self.session.run("globalThis.kept = 'kept'")
        answer, seconds = self.interrupt(code)
        self.assertEqual((answer.status, answer.of_type("error")[0]["ename"]), ("error", "Interrupted"))
        self.assertLess(seconds, 2)
        self.assertEqual(self.session.run("globalThis.kept").of_type("execute_result")[0]["data"]["text/plain"], "'kept'")

    def test_an_endless_loop(self):
        self.check_interrupted(never_ends)

    def test_an_endless_loop_after_an_await(self):
        self.check_interrupted(f"await new Promise((done) => setTimeout(done, 100));\n{never_ends}")

    def test_an_endless_loop_that_catches_everything(self):
        self.check_interrupted("while (true) { try { JSON.parse('x'); } catch {} }")

    def test_an_await_that_nobody_answers(self):
        self.check_interrupted("await new Promise(() => undefined)")

    def test_a_loop_that_prints_without_end(self):
        self.check_interrupted("for (let i = 0; ; i++) if (i % 1e6 === 0) console.log(i)")

    def test_an_idle_kernel_is_not_harmed(self):
        reply = self.session.ask("interrupt_request", {}, channel="control").reply
        self.assertEqual(reply["content"]["status"], "ok")
        self.assertEqual(self.session.run("1 + 1").status, "ok")

    def test_a_loop_prints_while_it_runs_and_the_protocol_is_alive(self):
        request = self.session.start(f"console.log('started');\n{never_ends}")
        try:
            self.session.wait_for_print(request, "started")
            self.assertEqual([self.ping() for _ in range(5)], [b"ping"] * 5)
            info = self.session.ask("kernel_info_request", {}, channel="control", timeout=2)
            self.assertEqual(info.status, "ok")
        finally:
            self.session.ask("interrupt_request", {}, channel="control")
            self.session.wait(request, 5)

    def ping(self):
        socket = zmq.Context.instance().socket(zmq.REQ)
        try:
            socket.linger = 0
            socket.connect(self.session.client._make_url("hb"))
            socket.send(b"ping")
            return socket.recv() if socket.poll(1000) else None
        finally:
            socket.close()


class OtherRequests(OneKernel):
    def test_kernel_info_names_the_compiler_that_cells_meet(self):
        info = self.session.ask("kernel_info_request", {}).reply["content"]
        self.assertEqual(info["status"], "ok")
        self.assertEqual(info["protocol_version"].split(".")[0], "5")
        self.assertEqual(info["language_info"]["name"], "typescript")
        compiler = self.session.run("import { versions } from 'tslab'; versions.typescript").of_type("execute_result")
        self.assertEqual(compiler[0]["data"]["text/plain"], repr(info["language_info"]["version"]))

    def test_comms_are_listed_and_one_that_nobody_knows_is_closed(self):
        answer = self.session.ask("comm_info_request", {})
        self.assertEqual((answer.reply["msg_type"], answer.status), ("comm_info_reply", "ok"))
        self.assertIsInstance(answer.reply["content"]["comms"], dict)
        opened = self.session.send("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
        self.session.receive_for(0.5)
        closed = [message["content"] for message in self.session.published[opened] if message["msg_type"] == "comm_close"]
        self.assertEqual([content["comm_id"] for content in closed], ["c1"])

    def test_a_request_that_nobody_knows_does_no_harm(self):
        for channel in ("shell", "control"):
            self.session.send("fortune_request", {}, channel)
        self.session.receive_for(0.3)
        answer = self.session.run("1 + 1")
        self.assertEqual((answer.status, answer.text("stderr")), ("ok", ""))

    def test_a_message_with_a_foreign_signature_is_not_obeyed(self):
        key, self.session.client.session.key = self.session.client.session.key, b"foreign"
        try:
            request = self.session.start("globalThis.obeyed = true")
        finally:
            self.session.client.session.key = key
        self.session.receive_for(0.5)
        self.assertNotIn(request, self.session.replies)
        self.assertEqual(self.session.run("'obeyed' in globalThis").of_type("execute_result")[0]["data"]["text/plain"], "false")

    def test_inspection_does_not_invent(self):
        content = {"code": "nobodyDeclaredThis", "cursor_pos": 5, "detail_level": 0}
        self.assertFalse(self.session.ask("inspect_request", content).reply["content"]["found"])
        content = {"code": "Math.max", "cursor_pos": 8, "detail_level": 0}
        self.assertIn("max", self.session.ask("inspect_request", content).reply["content"]["data"]["text/plain"])
