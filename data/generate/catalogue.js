/**
 * What the shop sells: category → product → list price in cents. Some names are awkward on purpose: quotes, commas,
 * umlauts, an emoji, markup and a spreadsheet formula are all things that real catalogues hold.
 *
 * @type {ReadonlyMap<string, readonly (readonly [product: string, price: number])[]>}
 */
export const catalogue = new Map([
  [
    "Basics",
    [
      ["T-shirt, two-pack", 1490],
      ['Socks "Everyday"', 690],
      ["Jersey leggings", 1990],
      ["Zip hoodie", 4490],
      ["Denim jacket", 7990],
    ],
  ],
  [
    "Kids",
    [
      ["Baby body", 890],
      ["Rain boots, kids'", 2490],
      ["Dungarees", 3490],
      ["School backpack", 5990],
      ["Snow suit", 8990],
    ],
  ],
  [
    "Workwear",
    [
      ["Poplin blouse", 4990],
      ["Slim chinos", 6990],
      ["Büro dress", 8990],
      ["Wool blazer", 14990],
      ["Two-piece suit", 24990],
    ],
  ],
  [
    "Outdoor",
    [
      ["Bobble hat", 1690],
      ["Fleece", 4990],
      ["Trekking trousers", 7990],
      ["Softshell", 10990],
      ["Rain coat", 15990],
    ],
  ],
  [
    "Shoes and bags",
    [
      ["Canvas bag", 1990],
      ["Trainers", 5990],
      ["Loafers", 8990],
      ["Leather bag", 13990],
      ["Winter boots", 16990],
    ],
  ],
  [
    "Classic knitwear",
    [
      ["Silk scarf", 3990],
      ["Lambswool vest", 6990],
      ['Cardigan "Élise"', 9990],
      ["Cashmere jumper", 15990],
      ["Loden coat", 27990],
    ],
  ],
  [
    "Party and trends",
    [
      ["Glitter top ✨", 1290],
      ["Band shirt <script>alert(1)</script>", 1690],
      ["Mesh skirt", 2290],
      ["Wide jeans", 3990],
      ["Faux-leather jacket", 6990],
    ],
  ],
  [
    "Home and sleep",
    [
      ["Tea towel", 590],
      ["Slippers", 1690],
      ["Flannel pyjamas", 3490],
      ["Terry bathrobe", 5490],
      ["Bed linen", 6990],
    ],
  ],
  [
    "Outlet",
    [
      ["Gift card sleeve =cmd()", 490],
      ["=cmd()", 790],
      ["Last-season tee", 990],
      ["Last-season shirt", 1990],
      ["Last-season jeans", 2990],
    ],
  ],
  [
    "Organic basics",
    [
      ["Organic tee", 2490],
      ["Hemp shirt", 5490],
      ["Organic denim", 8990],
      ["Bio-wool jumper", 11990],
      ["Recycled parka", 17990],
    ],
  ],
  [
    "Repair and reuse",
    [
      ["Darning kit", 990],
      ["Sole repair", 3490],
      ["Second-hand jeans", 4490],
      ["Re-waxed jacket", 7990],
      ["Second-hand coat", 9990],
    ],
  ],
]);

/** The eco range, with the weight of each of its categories. The workbook counts the share of spend that goes to them. */
export const ecoRange = /** @type {const} */ ([
  ["Organic basics", 3],
  ["Repair and reuse", 2],
]);
