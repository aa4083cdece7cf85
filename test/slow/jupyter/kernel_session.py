"""One kernel and one client, with what was published for each request kept apart."""

import os
import signal
import time
from queue import Empty

import zmq
from jupyter_client.manager import start_new_kernel


class Answer:
    """What came back for one request."""

    def __init__(self, reply, messages):
        self.reply = reply
        self.status = reply["content"]["status"] if reply else None
        self.messages = messages

    def of_type(self, kind):
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    def text(self, name="stdout"):
        return "".join(part["text"] for part in self.of_type("stream") if part["name"] == name)

    def types(self):
        return [message["msg_type"] for message in self.messages]


class KernelSession:
    """A started kernel; `mark` stands in the environment of every process that it has."""

    def __init__(self, **options):
        self.mark = f"segbook-test-{os.getpid()}-{time.monotonic_ns()}"
        env = {**os.environ, "KERNEL_TEST_MARK": self.mark}
        kernel_name = os.environ["KERNEL_NAME"]
        self.manager, self.client = start_new_kernel(kernel_name=kernel_name, env=env, **options)
        self.replies = {}
        self.published = {}

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, kind, content, channel="shell"):
        """Sends a request and returns its id."""
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def start(self, code, **content):
        """Sends code without waiting for it."""
        asked = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        return self.send("execute_request", {**asked, "allow_stdin": False, **content})

    def run(self, code, timeout=30, **content):
        return self.wait(self.start(code, **content), timeout)

    def ask(self, kind, content, channel="shell", timeout=10):
        return self.wait(self.send(kind, content, channel), timeout)

    def wait(self, request, timeout=30):
        """Everything of one request: its reply and all that was published up to its idle."""
        end = time.monotonic() + timeout
        while not (request in self.replies and self.is_idle(request)):
            if time.monotonic() > end:
                seen = [message["msg_type"] for message in self.published.get(request, [])][-5:]
                raise TimeoutError(f"no {'idle' if request in self.replies else 'reply'} in {timeout} s, saw {seen}")
            self.receive(0.05)
        return Answer(self.replies[request], self.published[request])

    def receive(self, seconds):
        """Sorts what has arrived, or arrives within a moment, by the request that it answers."""
        poller = zmq.Poller()
        channels = [self.client.shell_channel, self.client.control_channel, self.client.iopub_channel]
        for channel in channels:
            poller.register(channel.socket, zmq.POLLIN)
        poller.poll(seconds * 1000)
        for channel in channels:
            for message in arrived(channel):
                parent = message["parent_header"].get("msg_id")
                if channel is self.client.iopub_channel:
                    self.published.setdefault(parent, []).append(message)
                else:
                    self.replies[parent] = message

    def receive_for(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.receive(0.05)

    def is_idle(self, request):
        return any(
            message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            for message in self.published.get(request, [])
        )

    def wait_for_print(self, request, text, timeout=10):
        """Waits until a request has printed something."""
        end = time.monotonic() + timeout
        while text not in Answer(None, self.published.get(request, [])).text():
            if time.monotonic() > end:
                raise TimeoutError(f"{text!r} was not printed in {timeout} s")
            self.receive(0.05)

    def processes(self):
        """Every living process of this kernel: id → command."""
        return {pid: command for pid, command in marked(self.mark)}

    def wait_until_gone(self, seconds):
        """How long it took until no process was left; at most `seconds`."""
        start = time.monotonic()
        while self.processes() and time.monotonic() - start < seconds:
            time.sleep(0.02)
        return time.monotonic() - start

    def kill(self, part, name=signal.SIGKILL):
        """Sends a signal to the process whose command contains `part`."""
        for pid, command in self.processes().items():
            if part in command:
                os.kill(pid, name)


def arrived(channel):
    while True:
        try:
            yield channel.get_msg(timeout=0)
        except Empty:
            return


def marked(mark):
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/environ", "rb") as environ, open(f"/proc/{entry}/cmdline", "rb") as command:
                if mark.encode() in environ.read():
                    yield int(entry), command.read().replace(b"\0", b" ").decode()
        except OSError:
            continue
