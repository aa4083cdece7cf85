"""Expected values of every catalogue feature on made-up tables. Usage: python feature-catalogue.py > feature-catalogue.json

Wants numpy 2.4.6, pandas 3.1.1. Tolerance in the test: relative 1e-12; texts and missing values exactly.
Tables hold ties, even and odd counts, one-time buyers, customers with returns only and customers without rows.
"""
import json
from itertools import pairwise

import numpy as np
import pandas as pd

random = np.random.default_rng(20260331)
AS_OF = pd.Timestamp("2026-03-31")
KEYS = [f"c{i:02d}" for i in range(30)]


def day(low, high):
    return (AS_OF - pd.Timedelta(days=int(random.integers(low, high)))).strftime("%Y-%m-%d")


def pick(values):
    return values[int(random.integers(len(values)))]


def maybe(value, chance=0.2):
    return None if random.random() < chance else value


def make_transactions():
    rows, invoice = [], 0
    for number, key in enumerate(KEYS[:26]):
        for _ in range(0 if number == 25 else int(random.integers(1, 2 + number))):
            invoice += 1
            when = day(0, 700)
            for _ in range(int(random.integers(1, 5))):
                quantity = int(random.integers(1, 6))
                discount = pick([0, 0, 50, 125])
                rows.append([key, f"i{invoice}", when, f"p{random.integers(9)}", None, maybe(pick("ABCD"), 0.1),
                             maybe(pick(["North", "South"])), quantity, quantity * int(random.integers(1, 9)) * 250 - discount, discount, False])
        if number % 3 == 0:
            invoice += 1
            rows.append([key, f"i{invoice}", day(0, 200), "p1", None, "A", "North", -1, -250, 0, True])
    return rows


def make_others():
    web = [[k, day(0, 400), int(random.integers(0, 4)), int(random.integers(0, 20)), int(random.integers(0, 2))]
           for k in KEYS[:24] for _ in range(int(random.integers(0, 8)))]
    social = [[k, *map(int, random.integers(0, 5, 3))] for k in KEYS[::2]]
    campaigns = [[k, f"m{j}", day(0, 300), 1, o := int(random.integers(0, 2)), c := o * int(random.integers(0, 2)), c * int(random.integers(0, 2))]
                 for k in KEYS[:20] for j in range(int(random.integers(0, 6)))]
    subscriptions = []
    for k in KEYS[:18]:
        for j in range(int(random.integers(0, 4))):
            started = pd.Timestamp(day(5, 900))
            ended = started + pd.Timedelta(days=int(random.integers(0, 400)))
            subscriptions.append([k, pick(["basic", "plus", "pro"]), started.strftime("%Y-%m-%d"),
                                  ended.strftime("%Y-%m-%d") if ended <= AS_OF and random.random() < 0.8 else None, maybe(int(random.integers(1, 5)) * 495, 0.1), "x"])
    support = [[k, day(0, 200), f"t{random.integers(40)}", maybe(pick(["fit", "post"])), maybe(bool(random.integers(2))),
                maybe(int(random.integers(0, 60)), 0.3), maybe(float(random.integers(10, 51)) / 10), maybe(int(random.integers(0, 11)))]
               for k in KEYS[:22] for _ in range(int(random.integers(0, 5)))]
    survey = [[k, *(maybe(int(random.integers(1, 6)), 0.3) for _ in range(3))] for k in KEYS[:21]]
    customers = [[k, maybe(float(random.integers(16, 80))), maybe(day(0, 3000))] for k in KEYS]
    return {"web": web, "social": social, "campaigns": campaigns, "subscriptions": subscriptions, "support": support, "survey": survey, "customers": customers}


COLUMNS = {
    "customers": ["customer_id", "age", "joined"],
    "transactions": ["customer_id", "invoice", "date", "product", "product_name", "category", "region", "quantity", "amount", "discount_amount", "is_return"],
    "survey": ["customer_id", "q1", "q2", "q3"],
    "web": ["customer_id", "date", "sessions", "pages", "carts"],
    "social": ["customer_id", "follows", "shares", "mentions"],
    "campaigns": ["customer_id", "campaign", "date", "sent", "opened", "clicked", "converted"],
    "subscriptions": ["customer_id", "plan", "started", "ended", "price", "status"],
    "support": ["customer_id", "date", "ticket", "topic", "is_complaint", "days_to_close", "satisfaction", "nps"],
}


def frame(name, rows):
    data = pd.DataFrame(rows, columns=COLUMNS[name]).astype(object)
    data = data.where(data.notna(), None)
    for column in {"date", "joined", "started", "ended"} & set(data.columns):
        data[column] = pd.to_datetime(data[column])
    return data


def over(a, b):
    return None if a is None or not b else a / b


def days(when):
    return None if pd.isna(when) else (AS_OF - when).days


def trend(last, before):
    return over(last - before, last + before)


def first_of(counts, best):
    return min((v for v, c in counts.items() if c == best), default=None)


def transactions(t):
    bought, back = t[~t.is_return.astype(bool)], t[t.is_return.astype(bool)]
    ago = (AS_OF - bought.date).dt.days
    total, units, orders = bought.amount.sum(), bought.quantity.sum(), bought.invoice.nunique()
    visits = sorted(bought.date.unique())
    gaps = [(b - a).days for a, b in pairwise(visits)]
    per_order = bought.groupby("invoice").amount.sum().astype("int64")
    order_ago = (AS_OF - bought.groupby("invoice").date.max()).dt.days
    lately = lambda n: int((order_ago < n).sum())
    spent = lambda n: bought.amount[ago < n].sum() / 100
    quarters = bought.groupby((bought.date.dt.month - 1) // 3).amount.sum() if len(bought) else pd.Series(dtype=float)
    known = bought[bought.category.notna()]
    counts = known.groupby("category").size()
    regions = bought.region.dropna().value_counts()
    result = {
        "recency_days": days(bought.date.max()), "order_count": orders, "tenure_days": days(bought.date.min()),
        "days_between_orders": over(sum(gaps), len(gaps)), "spend": t.amount.sum() / 100, "average_order_value": over(total / 100, orders),
        "categories_bought": known.category.nunique(), "products_bought": bought["product"].nunique(),
        "region": first_of(regions, regions.max()) if len(regions) else None,
        "return_share": over(-back.quantity.sum(), units), "discount_share": over(bought.discount_amount.sum(), total + bought.discount_amount.sum()),
        "share_of_spend_eco": over(bought.amount[bought.category == "A"].sum(), total),
        "purchase_days": len(visits), "days_between_orders_median": float(np.median(gaps)) if gaps else None,
        "longest_gap_days": max(gaps, default=None), "gap_variation": over(float(np.std(gaps, ddof=1)), float(np.mean(gaps))) if len(gaps) > 1 else None,
        "days_to_second_order": gaps[0] if gaps else None,
        "overdue_ratio": over(days(bought.date.max()), float(np.mean(gaps))) if gaps else None,
        "spend_trend": trend(spent(90), spent(180) - spent(90)), "order_trend": trend(lately(90), lately(180) - lately(90)),
        "largest_order": per_order.max() / 100 if orders else None, "median_order_value": float(np.median(per_order)) / 100 if orders else None,
        "units_per_order": over(units, orders), "lines_per_order": over(len(bought), orders), "average_unit_price": over(total / 100, units),
        "one_time_buyer": None if not orders else int(orders == 1),
        "weekend_share": over(bought.amount[bought.date.dt.day_of_week >= 5].sum(), total) if len(bought) else None,
        "peak_quarter_share": over(quarters.max(), total) if len(bought) else None,
        "full_price_share": over(int((bought.discount_amount == 0).sum()), len(bought)),
        "return_count": back.invoice.nunique(), "return_value_share": over(-back.amount.sum(), total), "days_since_return": days(back.date.max()),
        "category_concentration": over(int((counts**2).sum()), int(counts.sum()) ** 2) if len(counts) else None,
        "largest_category_share": over(known.groupby("category").amount.sum().max(), total) if len(counts) else None,
        "favourite_category": first_of(counts, counts.max()) if len(counts) else None,
        "first_category": known.category[known.date == known.date.min()].min() if len(known) else None,
        "last_category": known.category[known.date == known.date.max()].min() if len(known) else None,
    }
    for n in (30, 90, 365):
        result |= {f"orders_{n}_days": lately(n), f"spend_{n}_days": spent(n)}
    return result


def web(w):
    s, came = w.sessions.sum(), w[w.sessions > 0]
    ago = (AS_OF - w.date).dt.days
    last = lambda n: w.sessions[ago < n].sum()
    return {
        "web_sessions": s, "pages_per_session": over(w.pages.sum(), s), "cart_rate": over(w.carts.sum(), s), "web_carts": w.carts.sum(),
        "web_active_days": came.date.nunique(), "web_cart_conversion": over(came.date[came.carts > 0].nunique(), came.date.nunique()),
        "web_recency_days": days(came.date.max()), "web_sessions_90_days": last(90), "web_trend": trend(last(90), last(180) - last(90)),
    }


def social(s):
    f, sh, m = s.follows.sum(), s.shares.sum(), s.mentions.sum()
    return {"follows": f, "shares": sh, "mentions": m, "social_reach_actions": sh + m, "mention_share": over(m, sh + m)}


def campaigns(c):
    late = c[(AS_OF - c.date).dt.days < 90]
    rate = lambda part, event: over(part[event].sum(), part.sent.sum())
    since = lambda event: days(c.date[c[event] > 0].max())
    return {
        "campaigns_sent": c.sent.sum(), "open_rate": rate(c, "opened"), "click_rate": rate(c, "clicked"), "conversion_rate": rate(c, "converted"),
        "campaigns_converted": c.converted.sum(), "campaigns_opened": c.opened.sum(), "campaigns_clicked": c.clicked.sum(),
        "click_to_open_rate": over(c.clicked.sum(), c.opened.sum()), "days_since_contact": since("sent"), "days_since_open": since("opened"),
        "days_since_click": since("clicked"), "campaigns_sent_90_days": late.sent.sum(), "open_rate_90_days": rate(late, "opened"),
    }


def subscriptions(s):
    active = s[s.ended.isna() | (s.ended >= AS_OF)]
    ended = s[~(s.ended.isna() | (s.ended >= AS_OF))]
    lasted = (s.ended.where(s.ended.notna(), AS_OF) - s.started).dt.days + 1
    steps = s.assign(price=s.price.astype(float)).groupby("started").price.max().tolist()
    moves = lambda sign: sum(sign * (b - a) > 0 for a, b in pairwise(steps))
    return {
        "active_subscriptions": len(active), "subscribed_months": lasted.sum() / 30.4375, "churned": int(len(active) == 0) if len(s) else None,
        "monthly_revenue": active.price.dropna().sum() / 100, "current_plan": active.plan[active.started == active.started.max()].min() if len(active) else None,
        "subscription_periods": len(s), "days_since_first_subscription": days(s.started.min()), "days_since_cancellation": days(ended.ended.max()),
        "plans_held": s.plan.nunique(), "plan_upgrades": moves(1), "plan_downgrades": moves(-1),
    }


def support(s):
    known = s[s.is_complaint.notna()]
    complaints = int(known.is_complaint.astype(bool).sum())
    ago = (AS_OF - s.date).dt.days
    waits = s.days_to_close.astype(float)
    closed = waits[waits <= ago]
    scores, nps, topics = s.satisfaction.dropna().astype(float), s[s.nps.notna()], s.topic.value_counts()
    latest = nps.nps[nps.date == nps.date.max()].map(lambda v: "promoter" if v >= 9 else "passive" if v >= 7 else "detractor")
    return {
        "support_contacts": s.ticket.nunique(), "complaints": complaints, "unresolved_contacts": len(s) - len(closed),
        "satisfaction_mean": float(scores.mean()) if len(scores) else None, "nps_group": latest.min() if len(latest) else None,
        "support_recency_days": days(s.date.max()), "support_contacts_90_days": int((ago < 90).sum()), "complaint_share": over(complaints, len(known)),
        "days_to_close_mean": float(closed.mean()) if len(closed) else None, "days_to_close_median": float(closed.median()) if len(closed) else None,
        "main_topic": first_of(topics, topics.max()) if len(topics) else None, "nps_mean": float(nps.nps.astype(float).mean()) if len(nps) else None,
    }


def survey(s):
    answers = [] if len(s) == 0 else [v for v in (s.q1.iloc[0], s.q2.iloc[0], None if s.q3.iloc[0] is None else 6 - s.q3.iloc[0]) if v is not None]
    return {"thrift": sum(answers) / len(answers) if len(answers) >= 2 else None, "survey_answered": len(answers) / 3}


def customers(c):
    age, joined = c.age.iloc[0], c.joined.iloc[0]
    band = lambda v, limits, names: None if v is None else names[int(np.searchsorted(limits, v, side="right"))]
    since = days(joined)
    return {
        "age": age, "joined_days": since,
        "age_band": band(age, [18, 25, 35, 45, 55, 65], ["under 18", "18–24", "25–34", "35–44", "45–54", "55–64", "65 and over"]),
        "joined_band": band(since, [365, 1096, 1827], ["under 1 year", "1–2 years", "3–4 years", "5 years and over"]),
    }


def plain(value):
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    return value if isinstance(value, str) else float(value)


if __name__ == "__main__":
    tables = {"transactions": make_transactions(), **make_others()}
    frames = {name: frame(name, rows) for name, rows in tables.items()}
    of_kind = [customers, transactions, survey, web, social, campaigns, subscriptions, support]
    values = {}
    for key in KEYS:
        for compute in of_kind:
            table = frames[compute.__name__]
            part = table[table.customer_id == key]
            for name, value in compute(part).items():
                if compute is transactions and len(part) == 0 and name == "spend":
                    value = 0
                values.setdefault(name, []).append(plain(value))
    print(json.dumps({
        "versions": {"numpy": np.__version__, "pandas": pd.__version__},
        "asOf": "2026-03-31", "keys": KEYS, "columns": COLUMNS, "tables": tables, "features": values,
    }, ensure_ascii=False))
