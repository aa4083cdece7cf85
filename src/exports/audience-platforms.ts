import { internationalDigits } from "./phone-numbers.js";

/** What a customer can be found by. */
export type ContactField = "email" | "phone" | "firstName" | "lastName" | "country" | "postcode";

/** A field as a platform wants it. */
export interface PlatformField {
  readonly field: ContactField;
  /** Column of the file to upload. */
  readonly column: string;
  /** Whether the normalised text is hashed. */
  readonly isHashed: boolean;
  /** SQL of the normalised text, NULL where the text is of no use. */
  readonly normalised: (text: string, defaultCountry: string | undefined) => string;
}

/** How one ad platform wants its customer lists. */
export interface AudiencePlatform {
  /** Grows whenever a hash could come out differently. */
  readonly version: number;
  /** The published rules. */
  readonly source: string;
  /** The day on which the rules were read, `YYYY-MM-DD`. */
  readonly readOn: string;
  /** Entries below which the platform does not take or serve a list. */
  readonly leastEntries: number;
  readonly fields: readonly PlatformField[];
}

/** Ad platforms that lists are written for. */
export type AudiencePlatformName = "google" | "meta" | "snapchat" | "tiktok" | "x";

const trimmed = (text: string): string =>
  `lower(regexp_replace(${text}, '^[\\s\\x{00a0}]+|[\\s\\x{00a0}]+$', '', 'g'))`;
const dense = (text: string): string => `lower(regexp_replace(${text}, '[\\s\\x{00a0}]', '', 'g'))`;
const anAddress = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, '[^@]+@[^@]+[.][^@.]+') THEN ${text} END`;
const something = (text: string): string => `nullif(${text}, '')`;
const withoutSuffix = (text: string): string => `regexp_replace(${text}, '[+][^@]*@', '@')`;
const withPlus = (text: string, country: string | undefined): string =>
  `'+' || ${internationalDigits(text, country)}`;
const letters = (text: string): string =>
  something(`regexp_replace(${trimmed(text)}, '[\\p{P}\\p{S}]', '', 'g')`);

/** Dots and what follows a plus sign do not count in addresses of Google itself. */
function googleAddress(text: string): string {
  const plain = dense(text);
  const local = `split_part(${plain}, '@', 1)`;
  const own = `replace(split_part(${local}, '+', 1), '.', '') || '@' || split_part(${plain}, '@', 2)`;
  return anAddress(
    `CASE WHEN regexp_matches(${plain}, '@(gmail|googlemail)[.]com$') THEN ${own} ELSE ${plain} END`,
  );
}

const hashed = { isHashed: true } as const;
const clear = { isHashed: false } as const;

/**
 * The rules of each platform, as published; one normaliser per platform, since they differ in dots, plus signs and zeros.
 *
 * Google: trim and lower-case; `gmail.com` and `googlemail.com` lose dots and the plus suffix; phone in E.164 with `+`; country
 * and postcode are not hashed. Meta: phone as digits with country code and no leading zeros; names without punctuation; country
 * and postcode hashed. TikTok: the plus suffix goes at any domain; phone as digits. X: e-mail only, no salt, lower-case
 * hexadecimal. Snapchat: phone as digits.
 */
export const audiencePlatforms: Readonly<Record<AudiencePlatformName, AudiencePlatform>> = {
  google: {
    version: 1,
    source: "https://developers.google.com/data-manager/api/devguides/concepts/formatting",
    readOn: "2026-11-22",
    leastEntries: 100,
    fields: [
      { field: "email", column: "Email", ...hashed, normalised: googleAddress },
      { field: "phone", column: "Phone", ...hashed, normalised: withPlus },
      { field: "firstName", column: "First Name", ...hashed, normalised: (text) => something(trimmed(text)) },
      { field: "lastName", column: "Last Name", ...hashed, normalised: (text) => something(trimmed(text)) },
      {
        field: "country",
        column: "Country",
        ...clear,
        normalised: (text) => something(`upper(${trimmed(text)})`),
      },
      {
        field: "postcode",
        column: "Zip",
        ...clear,
        normalised: (text) => something(`upper(${trimmed(text)})`),
      },
    ],
  },
  meta: {
    version: 1,
    source:
      "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters",
    readOn: "2026-11-22",
    leastEntries: 100,
    fields: [
      { field: "email", column: "email", ...hashed, normalised: (text) => anAddress(trimmed(text)) },
      { field: "phone", column: "phone", ...hashed, normalised: internationalDigits },
      { field: "firstName", column: "fn", ...hashed, normalised: letters },
      { field: "lastName", column: "ln", ...hashed, normalised: letters },
      { field: "country", column: "country", ...hashed, normalised: (text) => something(trimmed(text)) },
      {
        field: "postcode",
        column: "zip",
        ...hashed,
        normalised: (text) => something(`replace(${dense(text)}, '-', '')`),
      },
    ],
  },
  snapchat: {
    version: 1,
    source: "https://developers.snap.com/api/marketing-api/Conversions-API/Parameters",
    readOn: "2026-11-22",
    leastEntries: 1000,
    fields: [
      { field: "email", column: "email", ...hashed, normalised: (text) => anAddress(trimmed(text)) },
      { field: "phone", column: "phone", ...hashed, normalised: internationalDigits },
    ],
  },
  tiktok: {
    version: 1,
    source: "https://ads.tiktok.com/help/article/list-of-supported-ids-and-formats-for-a-customer-file",
    readOn: "2026-11-22",
    leastEntries: 1000,
    fields: [
      {
        field: "email",
        column: "Email_SHA256",
        ...hashed,
        normalised: (text) => anAddress(withoutSuffix(dense(text))),
      },
      { field: "phone", column: "Phone_SHA256", ...hashed, normalised: internationalDigits },
    ],
  },
  x: {
    version: 1,
    source: "https://developer.x.com/en/docs/x-ads-api/audiences/overview/user-data",
    readOn: "2026-11-22",
    leastEntries: 100,
    fields: [{ field: "email", column: "email", ...hashed, normalised: (text) => anAddress(trimmed(text)) }],
  },
};

/** SQL of what is uploaded for one field: the SHA-256 in lower-case hexadecimal digits, or the normalised text itself. */
export function uploadedSql(
  { isHashed, normalised }: PlatformField,
  text: string,
  defaultCountry: string | undefined,
): string {
  const value = normalised(text, defaultCountry);
  return isHashed ? `sha256(${value})` : value;
}
