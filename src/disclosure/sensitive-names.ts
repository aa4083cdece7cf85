/** Why the name of a segment should not go to an ad platform. */
export interface SensitiveName {
  readonly name: string;
  /** What the word suggests, such as "health". */
  readonly topic: string;
  /** The word that does. */
  readonly word: string;
  /** Whose rule it is. */
  readonly rule: string;
}

interface Topic {
  readonly topic: string;
  readonly rule: string;
  readonly words: RegExp;
}

const meta = "Meta, terms of custom audiences (health and financial status flagged since 2 September 2025)";
const google = "Google Ads, personalised advertising policy (support.google.com/adspolicy/answer/143465)";
const both = `${meta}; ${google}`;

const topics: readonly Topic[] = [
  {
    topic: "health",
    rule: both,
    words:
      /\b(?:health(?!y (?:eater|food|snack|kitchen))|ill(?:ness)?|sick|disease|diabet\w*|cancer|depress\w*|anxi\w+|addict\w*|alcoholi\w*|obes\w*|overweight|pregnan\w*|fertil\w*|disab\w+|hiv|patients?|medica\w*|therap\w*|krank\w*|schwanger\w*|diabetiker\w*|gesundheit\w*|behindert\w*)\b/iu,
  },
  {
    topic: "financial status",
    rule: both,
    words:
      /\b(?:(?:high|low|middle)[- ]?(?:income|earn\w*|net[- ]worth)|income|wealth\w*|affluent|rich|poor|debt\w*|bankrupt\w*|insolven\w*|credit (?:score|risk)|overdraft|unemploy\w*|jobless|welfare|benefit recipients?|verschuldet\w*|arbeitslos\w*|einkommen\w*)\b/iu,
  },
  {
    topic: "race or ethnic origin",
    rule: both,
    words:
      /\b(?:race|racial|ethnic\w*|black(?! friday)|white (?:people|men|women)|asian|hispanic|latin[oax]|arab\w*|roma|jewish|migrants?|immigrants?|ausl[äa]nder\w*)\b/iu,
  },
  {
    topic: "religion or belief",
    rule: both,
    words:
      /\b(?:religio\w*|christian\w*|catholic\w*|protestant\w*|muslim\w*|islam\w*|jew(?:s|ish)?|hindu\w*|buddhist\w*|atheis\w*|christen|muslime)\b/iu,
  },
  {
    topic: "politics or union membership",
    rule: both,
    words:
      /\b(?:politic\w*|voters?|democrats?|republicans?|conservatives?|socialists?|trade[- ]?union\w*|gewerkschaft\w*|w[äa]hler\w*)\b/iu,
  },
  {
    topic: "sexual orientation or gender identity",
    rule: both,
    words:
      /\b(?:gay|lesbian|bisexual|homosexual\w*|queer|lgbt\w*|trans(?:gender|sexual)\w*|sex(?:ual)? (?:life|orientation)|schwul\w*|lesbisch\w*)\b/iu,
  },
  {
    topic: "crime",
    rule: both,
    words: /\b(?:criminal\w*|convict\w*|offenders?|prison\w*|felon\w*|fraudsters?|vorbestraft\w*)\b/iu,
  },
  {
    topic: "personal hardship",
    rule: google,
    words:
      /\b(?:divorc\w*|widow\w*|bereave\w*|abus(?:e|ed)|refugees?|homeless|geschieden\w*|verwitwet\w*|obdachlos\w*)\b/iu,
  },
  {
    topic: "children",
    rule: google,
    words: /\b(?:under (?:13|16|18)|minors?|teenagers?|schoolchildren|kinder unter)\b/iu,
  },
];

/**
 * Names of segments that say of customers what ad platforms do not let anyone target: health, money troubles, belief and the like.
 *
 * English and German words, whole ones only. A warning to read, not a judgement: "Black Friday buyers" is named too, and what a name
 * does not say can still be in the segment. One finding per name and topic. The platforms change their rules: what is cited
 * here is to be read before it is relied on.
 */
export function warnSensitiveNames(names: readonly string[]): readonly SensitiveName[] {
  return names.flatMap((name) =>
    topics.flatMap(({ topic, rule, words }) => {
      const word = words.exec(name.normalize("NFKC"))?.[0];
      return word === undefined ? [] : [{ name, topic, word, rule }];
    }),
  );
}
