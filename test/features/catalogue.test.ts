import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { listFeatures } from "#src/features/catalogue.js";
import { configOf, sourceOf } from "./sample-config.js";

const attribute = { type: "number", unit: "years", meaning: "Age on the day" } as const;
const everything = [
  sourceOf("customers", { attributes: new Map([["age", { ...attribute, column: "age" }]]) }),
  sourceOf("transactions", { categoryShares: new Map([["eco", ["Organic"]]]) }),
  sourceOf("survey", { scales: new Map([["thrift", { items: ["q1"], range: [1, 5], meaning: "Saves" }]]) }),
  sourceOf("web"),
  sourceOf("social"),
  sourceOf("campaigns"),
];

test("every kind of source gives its features, each with a name, label, meaning and unit", () => {
  const features = listFeatures(configOf(everything));
  assert.deepEqual(
    features.map(({ name }) => name),
    [
      ...["age", "recency_days", "order_count", "days_between_orders", "tenure_days", "spend"],
      ...["average_order_value", "categories_bought", "region", "return_share", "discount_share"],
      ...[
        "share_of_spend_eco",
        "thrift",
        "survey_answered",
        "web_sessions",
        "pages_per_session",
        "cart_rate",
      ],
      ...["follows", "shares", "mentions", "campaigns_sent", "open_rate", "click_rate", "conversion_rate"],
      "campaigns_converted",
    ],
  );
  for (const { label, meaning, unit, type } of features)
    assert.ok(label !== "" && meaning !== "" && (type === "category") === (unit === ""));
});

test("features whose columns are not mapped are not offered", () => {
  const bare = sourceOf("transactions", { columns: new Map(), returns: { policy: "drop" } });
  const names = listFeatures(configOf([bare])).map(({ name }) => name);
  for (const absent of ["categories_bought", "products_bought", "region", "return_share", "discount_share"])
    assert.ok(!names.includes(absent));
  const products = sourceOf("transactions", { columns: new Map([["product", "StockCode"]]) });
  assert.ok(listFeatures(configOf([products])).some(({ name }) => name === "products_bought"));
});

test("conversions are outcomes, basis comes from the workbook, the rest describes", () => {
  const wishes = new Map([
    ["shares", { role: "excluded", label: "Posts shared" }],
    ["spend", { transform: "sqrt" }],
  ] as const);
  const config = configOf(everything, { basis: ["spend", "age"], features: wishes });
  const byName = new Map(listFeatures(config).map((feature) => [feature.name, feature]));
  assert.equal(byName.get("conversion_rate")?.role, "outcome");
  assert.equal(byName.get("campaigns_converted")?.role, "outcome");
  assert.equal(byName.get("age")?.role, "basis");
  assert.equal(byName.get("spend")?.transform, "sqrt");
  assert.equal(byName.get("open_rate")?.role, "descriptor");
  assert.equal(byName.get("shares")?.role, "excluded");
  assert.equal(byName.get("shares")?.label, "Posts shared");
});

test("a category may be a descriptor with hostile names, levels make a number, a date becomes days", () => {
  const attributes = new Map([
    ["__proto__", { column: "p", type: "category", unit: "", meaning: "Group" }],
    ['a"b', { column: "a", type: "category", unit: "band 1–2", meaning: "Band", levels: ["low", "high"] }],
    ["joined", { column: "joined", type: "date", unit: "", meaning: "Day of joining" }],
  ] as const);
  const features = listFeatures(configOf([sourceOf("customers", { attributes })]));
  assert.deepEqual(
    features.map(({ name, type, unit }) => [name, type, unit]),
    [
      ["__proto__", "category", ""],
      ['a"b', "number", "band 1–2"],
      ["joined_days", "number", "days"],
    ],
  );
});

test("what the workbook asks for and cannot have is one clear error", () => {
  const customers = (name: string) =>
    sourceOf("customers", {
      attributes: new Map([[name, { column: "x", type: "category", unit: "", meaning: "Group" }]]),
    });
  const transactions = sourceOf("transactions");
  const refused: [Parameters<typeof configOf>, RegExp][] = [
    [[[transactions], { basis: ["recency"] }], /basis must be one of recency_days, .*got "recency"/],
    [[[transactions], { basis: ["spent"] }], /got "spent"\. Did you mean "spend"\?/],
    [[[transactions], { basis: ["web_sessions"] }], /got "web_sessions"/],
    [[[transactions], { basis: ["region"] }], /basis must hold numbers, got the category "region"/],
    [[[transactions], { basis: ["spend", "spend"] }], /name each feature once, got "spend" twice/],
    [[[transactions], { features: new Map([["spnd", {}]]) }], /a name under features must be one of/],
    [[[transactions, customers("Spend")]], /unique whatever the case, got "Spend" from transactions/],
    [[[customers("Customer_ID")]], /got "Customer_ID" from the key/],
    [
      [[transactions], { basis: ["spend"], features: new Map([["spend", { role: "outcome" }]]) }],
      /role of "spend" must agree with basis, got outcome while basis lists it/,
    ],
    [
      [[transactions], { features: new Map([["spend", { role: "basis" }]]) }],
      /got basis while basis does not list it/,
    ],
  ];
  for (const [parts, message] of refused)
    assert.throws(
      () => listFeatures(configOf(...parts)),
      (error) => error instanceof InputError && message.test(error.message),
    );
});

test("a basis feature's block is its source unless the workbook says otherwise, and weights name such blocks", () => {
  const features = new Map([["web_sessions", { block: "behaviour" }]]);
  const weighing = (weights: ReadonlyMap<string, number>) =>
    listFeatures(
      configOf(everything, {
        basis: ["age", "spend", "web_sessions"],
        features,
        segmentation: { ...configOf([]).segmentation, weights },
      }),
    );
  const found = weighing(new Map(Object.entries({ behaviour: 2, transactions: 1 })));
  assert.equal(found.find(({ name }) => name === "web_sessions")?.block, "behaviour");
  assert.throws(() => weighing(new Map([["survey", 2]])), {
    message:
      'listFeatures: a block under weights must be one of customers, transactions, behaviour, got "survey"',
  });
  assert.throws(() => weighing(new Map([["behavior", 2]])), /Did you mean "behaviour"\?$/);
  assert.throws(
    () => weighing(new Map(["customers", "transactions", "behaviour"].map((block) => [block, 0]))),
    /^InputError: listFeatures: weights must leave at least one block above 0, got 0 for customers, transactions, behaviour$/,
  );
});
