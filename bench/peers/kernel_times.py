"""Times Jupyter kernels through Jupyter's own client; prints one JSON document.

kernel_times.py ready KERNEL       seconds until a new kernel is ready, and until its first cell is done
kernel_times.py trips COUNT A B    seconds of a trivial cell by nbclient, COUNT times in turns on two kernels
kernel_times.py interrupt KERNEL CODE COUNT   seconds from interrupting endless code to the kernel's answer
kernel_times.py notebook FILE      seconds for a whole notebook by nbclient, with start and end of the kernel
"""

import json
import sys
import time
from contextlib import ExitStack, contextmanager

import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient


def ready(kernel):
    begin = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=kernel)
    seconds = {"ready": time.perf_counter() - begin}
    client.execute_interactive("1 + 1", output_hook=lambda message: None, timeout=60)
    seconds["firstCell"] = time.perf_counter() - begin
    client.stop_channels()
    manager.shutdown_kernel()
    return seconds


def trips(count, *kernels):
    seconds = {kernel: [] for kernel in kernels}
    with ExitStack() as running:
        clients = [running.enter_context(one_cell(kernel)) for kernel in kernels]
        for i in range(-20, int(count)):
            for kernel, client in zip(kernels, clients):
                begin = time.perf_counter()
                client.execute_cell(client.nb.cells[0], 0)
                # The first ones warm both kernels up.
                if i >= 0:
                    seconds[kernel].append(time.perf_counter() - begin)
    return seconds


@contextmanager
def one_cell(kernel):
    document = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    client = NotebookClient(document, kernel_name=kernel, timeout=60)
    with client.setup_kernel():
        yield client


def interrupt(kernel, code, count):
    manager, client = start_new_kernel(kernel_name=kernel)
    seconds = []
    for _ in range(int(count)):
        # ipykernel would abort a cell that comes soon after an error.
        client.execute(code, stop_on_error=False)
        time.sleep(0.5)
        begin = time.perf_counter()
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=10)
        assert reply["content"]["status"] == "error", reply["content"]
        seconds.append(time.perf_counter() - begin)
    client.stop_channels()
    manager.shutdown_kernel()
    return seconds


def notebook(file):
    document = nbformat.read(file, as_version=4)
    begin = time.perf_counter()
    NotebookClient(document, kernel_name="segbook", timeout=60).execute()
    return time.perf_counter() - begin


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    times = {"ready": ready, "trips": trips, "interrupt": interrupt, "notebook": notebook}[task](*words)
    print(f"\n{json.dumps(times)}")
