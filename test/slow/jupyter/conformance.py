"""jupyter_kernel_test with every sample filled: nothing of it may be skipped."""

import os

import jupyter_kernel_test

kernel_name = os.environ["KERNEL_NAME"]
if kernel_name == "tslab":
    # What it answers it answers at once; the rest never comes.
    jupyter_kernel_test.TIMEOUT = 4
tslab = "import { display } from 'tslab'; "


class Kernel(jupyter_kernel_test.KernelTests):
    kernel_name = kernel_name
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The suite waits 15 seconds for a reply; loading the library on a busy machine may take longer.
        cls.kc.execute_interactive("import 'segbook'", timeout=120, output_hook=lambda message: None)

    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('not well')"
    code_generate_error = "throw new RangeError('too far')"
    code_clear_output = "import { clearOutput } from 'segbook'; clearOutput()"
    code_page_something = "console?"
    code_inspect_sample = "console"

    completion_samples = [
        {"text": "conso", "matches": {"console"}},
        {"text": "JSON.par", "matches": {"parse"}},
        {"text": "[1, 2].findInd", "matches": {"findIndex"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "const a = 1;",
        "function double(x: number) { return 2 * x; }",
        "for (const i of [1, 2]) {\n  console.log(i);\n}",
        "`two\nlines`",
        "// nothing but a comment",
        "await Promise.resolve(1)",
        "type Pair = [number, string];",
        "import { readFileSync } from 'node:fs';",
    ]
    incomplete_code_samples = [
        "function double(x: number) {",
        "[1, 2",
        "`one line",
        "const a =",
        "Math.max(1,",
        "/* a comment",
        "class Segment {\n  size = 1;",
    ]
    invalid_code_samples = ["const = 1", "1 + )", "let a b", "}", "'not closed"]

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2, 3]", "result": "[ 1, 2, 3 ]"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "new Map([['key', 1]])", "result": "Map(1) { 'key' => 1 }"},
        {"code": "({ name: 'Loyal', size: 12 })", "result": "{ name: 'Loyal', size: 12 }"},
    ]
    code_history_pattern = "1?+?2*"
    supported_history_operations = ("tail", "range", "search")

    code_display_data = [
        {"code": tslab + "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": tslab + "display.text('plain')", "mime": "text/plain"},
        {"code": tslab + "display.markdown('*soft*')", "mime": "text/markdown"},
        {"code": tslab + "display.latex('$x$')", "mime": "text/latex"},
        {"code": tslab + "display.svg('<svg></svg>')", "mime": "image/svg+xml"},
        {"code": tslab + "display.png(Buffer.from('png'))", "mime": "image/png"},
        {"code": tslab + "display.jpeg(Buffer.from('jpeg'))", "mime": "image/jpeg"},
        {"code": tslab + "display.gif(Buffer.from('gif'))", "mime": "image/gif"},
        {"code": tslab + "display.pdf(Buffer.from('pdf'))", "mime": "application/pdf"},
        {"code": tslab + "display.javascript('0')", "mime": "text/javascript"},
        {"code": tslab + "display.raw('application/json', '{}')", "mime": "application/json"},
    ]


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = kernel_name
    support_iopub_welcome = True
