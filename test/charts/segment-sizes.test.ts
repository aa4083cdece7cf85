import assert from "node:assert/strict";
import { test } from "node:test";
import { segmentSizes } from "#src/charts/segment-sizes.js";

const large = { key: "s1", name: "Many", size: 900, share: 0.9, revenueShare: 0.2 };
const small = { key: "s2", name: "Few", size: 100, share: 0.1, revenueShare: 0.8 };

test("the title names the segment that brings most revenue", () => {
  assert.equal(segmentSizes([large, small]).title, "“Few” are 10 % of customers and bring 80 % of revenue");
});

test("without money only customers are drawn, and the largest segment is named", () => {
  const figure = segmentSizes([large, small].map((segment) => ({ ...segment, revenueShare: null })));
  assert.equal(figure.title, "“Many” are the largest segment, 90 % of customers");
  assert.equal(figure.data.length, 1);
});
