import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { InputError, MachineError } from "#src/core/errors.js";
import { type OpenTrinoOptions, openTrino, type TrinoEngine } from "#src/engine/trino.js";
import { type MadeAnswer, type MadeRequest, type MadeTrino, startMadeTrino } from "./made-trino.js";

type Answering = (request: MadeRequest, base: string) => MadeAnswer | Promise<MadeAnswer>;

async function withTrino(
  answer: Answering,
  work: (engine: TrinoEngine, server: MadeTrino) => Promise<void>,
  options: Partial<OpenTrinoOptions> = {},
): Promise<void> {
  const server = await startMadeTrino(answer);
  const engine = openTrino({ silenceSeconds: 20, standstillSeconds: 20, ...options, url: server.url });
  try {
    await work(engine, server);
  } finally {
    engine.close();
    await server.stop();
  }
}

const typed = (...types: string[]) => types.map((type, j) => ({ name: `c${j}`, type }));
const page = (rest: object) => ({ id: "q1", ...rest });

test("rows come page by page, each whole number and decimal exact", async () => {
  const columns = typed(
    "bigint",
    "decimal(38,0)",
    "double",
    "double",
    "varchar",
    "boolean",
    "date",
    "array(bigint)",
  );
  const pages: Answering = ({ method, path }, base) => {
    if (method === "POST") return page({ nextUri: `${base}/v1/1`, stats: { state: "QUEUED" } });
    if (path === "/v1/1") return page({ nextUri: `${base}/v1/2`, columns, stats: { state: "RUNNING" } });
    const first = `[-9223372036854775808,"99999999999999999999999999999999999999","NaN",1.234567890123456e-5,"a\\\\\\"1234567890123456789,",true,"2026-03-31",[9007199254740993]]`;
    return `{"id":"q1","columns":${JSON.stringify(columns)},"data":[${first},[7,null,"-Infinity",0.1234567890123456,"",null,null,null]]}`;
  };
  await withTrino(pages, async (engine) => {
    const rows = await engine.rows("SELECT 1");
    assert.deepEqual(
      rows.map((row) => [...row.values()]),
      [
        [
          "-9223372036854775808",
          "99999999999999999999999999999999999999",
          Number.NaN,
          1.234567890123456e-5,
          'a\\"1234567890123456789,',
          true,
          "2026-03-31",
          '["9007199254740993"]',
        ],
        [7, null, -Infinity, 0.1234567890123456, "", null, null, null],
      ],
    );
    const kinds = (await engine.columns("SELECT 1")).map(({ kind, values }) => [kind, values.length]);
    assert.deepEqual(
      kinds.map(([kind]) => kind).join(" "),
      "number number number number text text text text",
    );
    assert.ok(kinds.every(([, length]) => length === 2));
  });
});

test("a statement is sent alone, without the semicolon at its end, with user, catalog and session", async () => {
  await withTrino(
    () => page({ columns: typed("bigint"), data: [] }),
    async (engine, { requests }) => {
      await engine.run("SELECT ';' ; \n");
      const [{ body, headers }] = requests as [MadeRequest];
      assert.equal(body, "SELECT ';'");
      assert.deepEqual(
        ["user", "catalog", "schema", "session", "time-zone"].map((name) => headers[`x-trino-${name}`]),
        ["ann", "hive", "shop", "a=1%2C2,b=x", "UTC"],
      );
      assert.equal(headers.authorization, undefined);
    },
    { user: "ann", catalog: "hive", schema: "shop", session: { a: "1,2", b: "x" } },
  );
});

test("a busy server and lost connections are borne, and each answer is read once", async () => {
  const faults: MadeAnswer[] = [503, 502, 504, 429];
  const lost: MadeAnswer[] = ["hang up", 503, "hang up"];
  const answer: Answering = ({ method }, base) => {
    if (method === "POST") return faults.pop() ?? page({ nextUri: `${base}/v1/1` });
    return lost.pop() ?? page({ columns: typed("bigint"), data: [[1]] });
  };
  await withTrino(
    answer,
    async (engine, { requests }) => {
      assert.equal((await engine.rows("SELECT 1")).length, 1);
      assert.equal(requests.length, 9);
    },
    { silenceSeconds: 3 },
  );
});

test("a statement that writes is not sent twice after its connection was lost", async () => {
  await withTrino(
    () => "hang up",
    async (engine, { requests }) => {
      await assert.rejects(engine.run("CREATE TABLE t AS SELECT 1"), MachineError);
      assert.equal(requests.length, 1);
    },
  );
});

test("a silent server, a busy one and a host where nobody listens are reported in bounded time", async () => {
  await withTrino(
    () => "silence",
    (engine) =>
      assert.rejects(engine.run("SELECT 1"), {
        name: "MachineError",
        message: /must answer within 0.3 s, got silence/,
      }),
    { silenceSeconds: 0.3 },
  );
  await withTrino(
    () => 503,
    (engine) =>
      assert.rejects(engine.run("SELECT 1"), {
        name: "MachineError",
        message: /must take requests within 0.3 s, got status 503 until then/,
      }),
    { silenceSeconds: 0.3 },
  );
  const gone = createServer().listen(0, "127.0.0.1");
  await pause(10);
  const { port } = gone.address() as { port: number };
  await new Promise((resolve) => gone.close(resolve));
  const engine = openTrino({ url: `http://127.0.0.1:${port}`, silenceSeconds: 0.2 });
  await assert.rejects(engine.run("SELECT 1"), {
    name: "InputError",
    message: /server that can be reached, got ECONNREFUSED/,
  });
  engine.close();
});

test("a statement that stands still is cancelled and reported; one that waits for its turn may wait", async () => {
  const steady: Answering = async ({ path }, base) => {
    await pause(50);
    const state = path === "/v1/statement" ? "QUEUED" : "RUNNING";
    return page({
      nextUri: `${base}/v1/on`,
      stats: { state, cpuTimeMillis: 5, elapsedTimeMillis: Math.floor(performance.now()) },
    });
  };
  await withTrino(
    steady,
    async (engine, { requests }) => {
      await assert.rejects(engine.run("SELECT 1"), {
        name: "MachineError",
        message: /got a standstill of 0 s. A worker may be dead, query q1/,
      });
      assert.equal(requests.at(-1)!.method, "DELETE");
    },
    { standstillSeconds: 0.3 },
  );
  let turns = 0;
  const queued: Answering = async (_request, base) => {
    await pause(50);
    if (++turns > 12) return page({ columns: typed("bigint"), data: [[1]] });
    return page({ nextUri: `${base}/v1/on`, stats: { state: "QUEUED" } });
  };
  await withTrino(queued, async (engine) => assert.equal((await engine.rows("SELECT 1")).length, 1), {
    standstillSeconds: 0.3,
  });
});

test("an abort cancels on the server, also while the statement is still being sent", async () => {
  for (const slow of ["POST", "GET"]) {
    const stop = new AbortController();
    const answer: Answering = async ({ method }, base) => {
      if (method === "DELETE") return 204;
      if (method === slow) {
        stop.abort(new Error("stopped"));
        await pause(60);
      }
      return page({ nextUri: `${base}/v1/9`, stats: { state: "RUNNING" } });
    };
    await withTrino(
      answer,
      async (engine, { requests }) => {
        await assert.rejects(engine.run("SELECT 1"), /stopped/);
        assert.deepEqual([requests.at(-1)!.method, requests.at(-1)!.path], ["DELETE", "/v1/9"]);
        await assert.rejects(engine.run("SELECT 2"), /stopped/);
      },
      { signal: stop.signal },
    );
  }
});

test("leaving the pages early cancels the statement", async () => {
  const answer: Answering = ({ method }, base) =>
    method === "DELETE" ? 204 : page({ nextUri: `${base}/v1/9`, columns: typed("bigint"), data: [[1]] });
  await withTrino(answer, async (engine, { requests }) => {
    for await (const { rows } of engine.pages("SELECT 1")) if (rows.length > 0) break;
    assert.equal(requests.at(-1)!.method, "DELETE");
  });
});

const fault =
  (error: object): Answering =>
  () =>
    page({ error });

test("an error names Trino's word for it and the place; a value never shows", async () => {
  const missing = {
    errorName: "TABLE_NOT_FOUND",
    errorType: "USER_ERROR",
    message: "line 2:6: Table 'hive.a.b' does not exist",
    errorLocation: { lineNumber: 2, columnNumber: 6 },
  };
  await withTrino(fault(missing), (engine) =>
    assert.rejects(engine.run("SELECT 1"), {
      name: "InputError",
      message:
        "trino: the statement must be one that runs, got TABLE_NOT_FOUND (Table 'hive.a.b' does not exist) at line 2, column 6, query q1",
    }),
  );
  const cast = {
    errorName: "INVALID_CAST_ARGUMENT",
    errorType: "USER_ERROR",
    message: "Cannot cast 'eve@example.org' to BIGINT",
  };
  await withTrino(fault(cast), (engine) =>
    assert.rejects(engine.run("SELECT 1"), (error: Error) => {
      assert.ok(error instanceof InputError && !error.message.includes("eve"));
      assert.match(error.message, /INVALID_CAST_ARGUMENT/);
      return true;
    }),
  );
  const full = {
    errorName: "EXCEEDED_LOCAL_MEMORY_LIMIT",
    errorType: "INSUFFICIENT_RESOURCES",
    message: "over 1GB",
  };
  await withTrino(fault(full), (engine) => assert.rejects(engine.run("SELECT 1"), MachineError));
});

test("an address that would show the password, and one that is none, are refused without showing it", () => {
  const environment = { SHOP_PASSWORD: "s3cret", EMPTY: "" };
  const refused = (options: OpenTrinoOptions, said: RegExp): void => {
    assert.throws(
      () => openTrino({ environment, ...options }),
      (error: Error) => {
        assert.match(error.message, said);
        assert.ok(error instanceof InputError && !error.message.includes("s3cret"));
        return true;
      },
    );
  };
  refused({ url: "http://localhost:8080", passwordFrom: "SHOP_PASSWORD" }, /must begin with https/);
  refused({ url: "https://ann:s3cret@localhost" }, /must hold neither user nor password/);
  refused({ url: "ftp://ann:s3cret@localhost" }, /must be an address/);
  refused({ url: "https://localhost", passwordFrom: "NO_SUCH" }, /NO_SUCH, which is not set/);
  refused({ url: "https://localhost", passwordFrom: "EMPTY" }, /EMPTY, which is empty/);
  refused({ url: "https://localhost", caFile: "no-such.pem" }, /got ENOENT/);
  refused({ url: "http://localhost", user: "a\nb" }, /printable ASCII/);
});

test("what is no Trino, leads elsewhere or refuses the user is said to be so", async () => {
  const cases: readonly (readonly [MadeAnswer, RegExp])[] = [
    ["<html>hello</html>", /answer from .* that is none of Trino's/],
    [{ nothing: 1 }, /none of Trino's/],
    [404, /got status 404/],
    [401, /user and passwordFrom must be ones that .* accepts/],
    [
      page({ nextUri: "http://elsewhere.example/v1/2" }),
      /must lead us on to .*, got http:\/\/elsewhere.example/,
    ],
  ];
  for (const [answer, said] of cases)
    await withTrino(
      () => answer,
      (engine) => assert.rejects(engine.run("SELECT 1"), { name: "InputError", message: said }),
    );
});

/** A statement that runs for ever while one of two workers is off the list; `info` is what Trino tells of it. */
function oneGone(info: (look: number) => object): {
  readonly answer: Answering;
  readonly looks: () => number;
} {
  let lists = 0;
  let infos = 0;
  const columns = [
    { name: "node_id", type: "varchar" },
    { name: "state", type: "varchar" },
  ];
  return {
    looks: () => infos,
    answer: async ({ body, path }, base) => {
      if (path.startsWith("/v1/query/")) return info(infos++);
      if (body.includes("system.runtime.nodes")) {
        const nodes = lists++ === 0 ? ["here", "gone"] : ["here"];
        return page({ id: "q2", columns, data: nodes.map((node) => [node, "active"]) });
      }
      await pause(5);
      if (infos > 8) return page({ columns: typed("bigint"), data: [[1]] });
      return page({
        nextUri: `${base}/v1/on`,
        stats: { state: "RUNNING", cpuTimeMillis: performance.now() },
      });
    },
  };
}

const task = (nodeId: string, lastHeartbeat: number, state = "RUNNING") => ({
  lastHeartbeat: String(lastHeartbeat),
  taskStatus: { taskId: `q1.${nodeId}`, nodeId, state },
});

test("a worker that goes away is reported while others still work on the statement, which is cancelled", async () => {
  const { answer } = oneGone((look) => ({
    retryPolicy: "NONE",
    outputStage: { tasks: [task("here", look)], subStages: [{ tasks: [task("gone", 1)] }] },
  }));
  await withTrino(
    answer,
    async (engine, { requests }) => {
      await assert.rejects(engine.run("SELECT 1"), {
        name: "MachineError",
        message: /must stay until the statement ends, got 1 that went away \(gone\), query q1\. Run again/,
      });
      assert.ok(requests.some(({ method }) => method === "DELETE"));
    },
    { lookSeconds: 0.05 },
  );
});

test("a worker off the list is borne while it is heard of, has nothing to do for us, or the cluster does work again", async () => {
  const tasks = [
    (look: number) => [task("gone", look)],
    () => [task("gone", 1, "FINISHED"), task("here", 1)],
    () => [task("gone", 1)],
  ];
  for (const [i, told] of tasks.entries()) {
    const retryPolicy = i === 2 ? "TASK" : "NONE";
    const { answer, looks } = oneGone((look) => ({ retryPolicy, outputStage: { tasks: told(look) } }));
    await withTrino(
      answer,
      async (engine) => {
        assert.equal((await engine.rows("SELECT 1")).length, 1);
        assert.ok(looks() > 8);
      },
      { lookSeconds: 0.03 },
    );
  }
});
