import { test } from "node:test";
import { assertDuckDbAgrees } from "../../exports/made-agreement.js";

test("DuckDB places every row of 100 made-up definitions as we do, whatever their names and values", () =>
  assertDuckDbAgrees(100));
