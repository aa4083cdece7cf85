import { type AggregateExpression, aggregate, column, type Expression, not } from "./expression.js";

/** A line that is no return. */
export const isPurchase: Expression = not(column("is_return"));

/** Distinct invoices with a purchase. */
export const orderCount: AggregateExpression = aggregate("countDistinct", column("invoice"), isPurchase);

/** Distinct days with a purchase. */
export const purchaseDays: AggregateExpression = aggregate("countDistinct", column("date"), isPurchase);

/** Purchases before returns, in minor units. */
export const purchaseAmount: AggregateExpression = aggregate("sum", column("amount"), isPurchase);

export const firstDay: AggregateExpression = aggregate("min", column("date"), isPurchase);

export const lastDay: AggregateExpression = aggregate("max", column("date"), isPurchase);
