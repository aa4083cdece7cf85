import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { quoteText } from "#src/engine/sql-text.js";
import { hmacSql, useKey } from "#src/exports/audience-key.js";
import { collectMembers } from "#src/exports/audience-members.js";
import {
  type AudiencePlatformName,
  audiencePlatforms,
  type ContactField,
  uploadedSql,
} from "#src/exports/audience-platforms.js";
import { type AudienceOptions, exportAudiences } from "#src/exports/export-audiences.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { smallParts } from "../made-definitions.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-audiences-"));
const definition = defineSegments(smallParts());
const engine = await openDuckDb({ threads: 1 });
const secret = "a secret of more than thirty-two bytes";
after(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function uploaded(
  platform: AudiencePlatformName,
  field: ContactField,
  [text, country]: readonly [text: string, country?: string | undefined],
): Promise<unknown> {
  const rule = audiencePlatforms[platform].fields.find((one) => one.field === field)!;
  const sql = uploadedSql(rule, "t", country);
  const [row] = await engine.rows(`SELECT ${sql} AS value FROM (SELECT ${quoteText(text, "duckdb")} AS t)`);
  return row!.get("value");
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

test("hashes are those that the platforms publish", async () => {
  const { cases } = JSON.parse(readFileSync("test/reference/audience-hashes.json", "utf8"));
  assert.ok(cases.length >= 9);
  for (const { platform, field, text, country, hash, normalised } of cases)
    assert.equal(
      await uploaded(platform, field, [text, country]),
      hash ?? sha256(normalised),
      `${platform} ${field} ${text}`,
    );
});

test("a phone number is E.164 by its own or the declared country, and nothing else is guessed", async () => {
  const phone = (text: string, country?: string) => uploaded("meta", "phone", [text, country]);
  for (const [text, country, digits] of [
    ["030 / 123 456-78", "DE", "493012345678"],
    ["+49 (30) 12345678", "US", "493012345678"],
    ["0049 30 12345678", undefined, "493012345678"],
    ["06 12 34 56 78", "IT", "390612345678"],
    ["06 20 123 4567", "HU", "36201234567"],
    ["(800) 555-0100", "us", "18005550100"],
    ["1 800 555 0100", "CA", "18005550100"],
  ] as const)
    assert.equal(await phone(text, country), sha256(digits), text);
  for (const useless of ["030 1234567", "12", "+1234567890123456", "call me", "", "+49 30 ABC 1234"])
    assert.equal(await phone(useless), null, useless);
  await assert.rejects(phone("030 123456", "XX"), InputError);
});

test("an address that is none, and a name of punctuation alone, are not hashed", async () => {
  for (const platform of ["google", "meta", "snapchat", "tiktok", "x"] as const)
    for (const text of ["", "  ", "nobody", "a@b", "a b", "@x.com"])
      assert.equal(await uploaded(platform, "email", [text]), null, `${platform} ${text}`);
  assert.equal(await uploaded("meta", "lastName", ["--"]), null);
});

test("the keyed hash is HMAC-SHA-256 for keys shorter and longer than a block, and texts of any script", async () => {
  for (const key of [secret, "k".repeat(64), "ü".repeat(50)]) {
    await useKey(engine, key);
    for (const text of ["c1", "", "ü🛒", "x".repeat(200)]) {
      const [row] = await engine.rows(`SELECT ${hmacSql(quoteText(text, "duckdb"))} AS value`);
      assert.equal(row!.get("value"), createHmac("sha256", key).update(text).digest("hex"));
    }
  }
  await assert.rejects(useKey(engine, "short"), (error: Error) => !error.message.includes("short"));
});

/** `s1` has 120 customers, `s2` has 3, one is not placed. */
function assignmentsOf(change: (customer: number) => string | undefined): string {
  const lines = Array.from({ length: 124 }, (_, i) => {
    const segment = change(i);
    return segment === undefined ? "" : `c${i},${segment},,,,\n`;
  });
  return `customer_id,segment,segment_name,distance,runner_up,margin\n${lines.join("")}`;
}

const first = (i: number): string => (i < 120 ? "s1" : i < 123 ? "s2" : "unassigned");

async function exported(name: string, text: string, options: Partial<AudienceOptions>) {
  const [assignments, output] = [join(folder, `${name}.csv`), join(folder, name)];
  writeFileSync(assignments, text);
  const manifest = await exportAudiences(definition, {
    assignments,
    folder: output,
    ids: "hmac",
    key: secret,
    ...options,
  });
  const read = (file: string) => readFileSync(join(output, file), "utf8").trimEnd().split("\n");
  return { manifest, read, files: () => readdirSync(output).sort() };
}

test("each segment has a list of its own; one below the minimum is withheld until a flag says otherwise", async () => {
  const { manifest, read, files } = await exported("lists", assignmentsOf(first), {});
  assert.deepEqual(files(), ["audiences.json", "small-shop.s1.hmac-v1.all.csv"]);
  const expected = Array.from({ length: 120 }, (_, i) =>
    createHmac("sha256", secret).update(`c${i}`).digest("hex"),
  );
  assert.deepEqual(read("small-shop.s1.hmac-v1.all.csv"), ["customer_hmac", ...expected]);
  assert.deepEqual([manifest.audiences[1]!.members, manifest.audiences[1]!.isWithheld], [null, true]);
  const written = readFileSync(join(folder, "lists", "audiences.json"), "utf8");
  assert.ok(!written.includes(secret));
  // A hundred days after 31 March.
  const { createdFor, staleAfter } = JSON.parse(written);
  assert.deepEqual([createdFor, staleAfter], ["2026-03-31", "2026-07-09"]);
  const small = await exported("small", assignmentsOf(first), { allowSmallAudiences: true });
  assert.deepEqual(small.manifest.overrides, ["allow-small-audiences"]);
  assert.equal(small.read("small-shop.s2.hmac-v1.all.csv").length, 4);
});

test("differences applied to the last list give the new one, and the state holds nothing in clear", async () => {
  const state = join(folder, "state.parquet");
  const options = { state, minimumSize: 2 };
  const column = (lines: readonly string[]): string[] => lines.slice(1);
  const s1 = new Set(
    column((await exported("diff", assignmentsOf(first), options)).read("small-shop.s1.hmac-v1.add.csv")),
  );
  assert.ok(!/\bc1[0-9]\b/.test(readFileSync(state, "latin1")));
  rmSync(join(folder, "diff"), { recursive: true });
  // c0 moves to s2, c1 is gone, c121 moves to s1.
  const moved = (i: number) => (i === 0 ? "s2" : i === 1 ? undefined : i === 121 ? "s1" : first(i));
  const next = await exported("diff", assignmentsOf(moved), options);
  for (const id of column(next.read("small-shop.s1.hmac-v1.remove.csv"))) assert.ok(s1.delete(id));
  for (const id of column(next.read("small-shop.s1.hmac-v1.add.csv"))) s1.add(id);
  const whole = await exported("whole", assignmentsOf(moved), { minimumSize: 2 });
  assert.deepEqual([...s1].sort(), column(whole.read("small-shop.s1.hmac-v1.all.csv")).sort());
  rmSync(join(folder, "diff"), { recursive: true });
  const same = await exported("diff", assignmentsOf(moved), options);
  assert.deepEqual(same.files(), ["audiences.json"]);
  // Below the minimum a list that was exported is taken back.
  const shrunk = await exported(
    "diff",
    assignmentsOf((i) => (i < 123 ? "s1" : "s2")),
    options,
  );
  assert.deepEqual(shrunk.manifest.audiences[1]!.files, [
    { file: "small-shop.s2.hmac-v1.remove.csv", change: "remove", rows: 3 },
  ]);
});

test("contacts are matched by customer, hashed by the platform's rules, and an address that changed is an update", async () => {
  const contactsOf = (changed: string) =>
    `customer_id,mail,tel\n${Array.from({ length: 124 }, (_, i) => `c${i},${i === 5 ? changed : i === 6 ? "" : `U.${i}@gmail.com`},${i === 6 ? "none" : ""}\n`).join("")}`;
  const contacts = {
    path: join(folder, "contacts.csv"),
    key: "customer_id",
    columns: { email: "mail", phone: "tel" },
  };
  const state = join(folder, "google.parquet");
  const options = { ids: "google", contacts, state, personalData: true } as const;
  writeFileSync(contacts.path, contactsOf("old@x.com"));
  const { manifest, read } = await exported("google", assignmentsOf(first), options);
  const lines = read("small-shop.s1.google-v1.personal-data.add.csv");
  assert.deepEqual(lines.slice(0, 2), ["Email,Phone", `${sha256("u0@gmail.com")},`]);
  assert.deepEqual([manifest.audiences[0]!.members, manifest.audiences[0]!.withoutIdentifier], [119, 1]);
  assert.match(manifest.personalData, /personal data/);
  writeFileSync(contacts.path, contactsOf("new@x.com"));
  const next = await exported("google", assignmentsOf(first), options);
  assert.deepEqual(next.read("small-shop.s1.google-v1.personal-data.update.csv"), [
    "Email,previous Email,Phone,previous Phone",
    `${sha256("new@x.com")},${sha256("old@x.com")},,`,
  ]);
});

test("a Parquet file that somebody writes to while it is read is refused, assignments and contacts alike", async () => {
  const [assignments, path] = [join(folder, "written.parquet"), join(folder, "contacts.parquet")];
  await engine.run(`COPY (SELECT 'c1' AS customer_id, 's1' AS segment) TO '${assignments}'`);
  await engine.run(`COPY (SELECT 'c1' AS id, 'u@x.com' AS mail) TO '${path}'`);
  await useKey(engine, secret);
  const contacts = { path, key: "id", columns: { email: "mail" } };
  for (const [changing, ids] of [
    [assignments, "hmac"],
    [assignments, "google"],
    [path, "google"],
  ] as const) {
    const run: typeof engine.run = async (sql) => {
      if (sql.includes("segbook_audience_members")) utimesSync(changing, 1, 1);
      await engine.run(sql);
    };
    const options = { assignments, ids, contacts, hasKey: true };
    await collectMembers(engine, options);
    await assert.rejects(collectMembers({ ...engine, run }, options), /must not change while it is read/);
  }
});

test("what is missing is refused with a sentence: a key, a word on personal data, contacts, the right state", async () => {
  const refusal = (options: Partial<AudienceOptions>, text = assignmentsOf(first)) =>
    exported("refused", text, options).then(
      () => assert.fail("must be refused"),
      (error: Error) => {
        assert.ok(error instanceof InputError, error.stack);
        return error.message;
      },
    );
  const state = join(folder, "of-another.parquet");
  await exported("other", assignmentsOf(first), { state });
  assert.match(await refusal({ ids: "google" }), /personalData must be true/);
  assert.match(await refusal({ ids: "clear" }), /personalData must be true/);
  assert.match(await refusal({ ids: "google", personalData: true }), /contacts must be given/);
  assert.match(await refusal({ ids: "clear", personalData: true, state }), /hashed/);
  assert.match(await refusal({ state, key: `${secret} other` }), /key must be that/);
  assert.match(await refusal({}, "customer_id,segment\nc1,s9\n"), /segments of the definition/);
  assert.match(await refusal({ ids: "bing" as "x" }), /ids must be one of/);
});
