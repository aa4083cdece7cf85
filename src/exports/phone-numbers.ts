import { didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { quoteText } from "../engine/sql-text.js";

/** Calling code and the digits that are dialled before a national number and left out of an international one. */
type Country = readonly [callingCode: string, trunkPrefix: string];

/** ITU-T E.164 calling codes and national trunk prefixes (ITU-T E.164 annex, dialling procedures), by ISO 3166-1 code. */
const countries: Readonly<Record<string, Country>> = {
  AE: ["971", "0"],
  AR: ["54", "0"],
  AT: ["43", "0"],
  AU: ["61", "0"],
  BE: ["32", "0"],
  BG: ["359", "0"],
  BR: ["55", "0"],
  CA: ["1", "1"],
  CH: ["41", "0"],
  CL: ["56", ""],
  CN: ["86", "0"],
  CY: ["357", ""],
  CZ: ["420", ""],
  DE: ["49", "0"],
  DK: ["45", ""],
  EE: ["372", ""],
  ES: ["34", ""],
  FI: ["358", "0"],
  FR: ["33", "0"],
  GB: ["44", "0"],
  GR: ["30", ""],
  HK: ["852", ""],
  HR: ["385", "0"],
  HU: ["36", "06"],
  ID: ["62", "0"],
  IE: ["353", "0"],
  IL: ["972", "0"],
  IN: ["91", "0"],
  IS: ["354", ""],
  IT: ["39", ""],
  JP: ["81", "0"],
  KR: ["82", "0"],
  LT: ["370", "0"],
  LU: ["352", ""],
  LV: ["371", ""],
  MT: ["356", ""],
  MX: ["52", ""],
  MY: ["60", "0"],
  NL: ["31", "0"],
  NO: ["47", ""],
  NZ: ["64", "0"],
  PL: ["48", ""],
  PT: ["351", ""],
  RO: ["40", "0"],
  SE: ["46", "0"],
  SG: ["65", ""],
  SI: ["386", "0"],
  SK: ["421", "0"],
  TR: ["90", "0"],
  UA: ["380", "0"],
  US: ["1", "1"],
  ZA: ["27", "0"],
};

/**
 * SQL of a phone number in E.164 without the plus sign, NULL where it cannot be one (8 to 15 digits).
 *
 * A number that begins with `+` or `00` names its own country; any other is one of the default country, whose trunk prefix falls
 * away. Without a default such a number is NULL: no country is guessed.
 *
 * @param defaultCountry - ISO 3166-1 code of two letters.
 * @throws InputError if the country is not one of those known here.
 */
export function internationalDigits(text: string, defaultCountry: string | undefined): string {
  const digits = `regexp_replace(${text}, '[^0-9]', '', 'g')`;
  const start = `ltrim(${text}, ' (')`;
  const national = nationalSql(digits, defaultCountry);
  const whole = `CASE WHEN starts_with(${start}, '+') THEN ${digits} WHEN starts_with(${digits}, '00') THEN substr(${digits}, 3)
    ELSE ${national} END`;
  return `CASE WHEN NOT regexp_matches(${text}, '[A-Za-z]') AND regexp_full_match(${whole}, '[1-9][0-9]{7,14}') THEN ${whole} END`;
}

function nationalSql(digits: string, defaultCountry: string | undefined): string {
  if (defaultCountry === undefined) return "NULL";
  const country = countries[defaultCountry.toUpperCase()];
  if (country === undefined)
    throw new InputError(
      `exportAudiences: defaultCountry must be a known country such as DE, got ${JSON.stringify(defaultCountry)}${didYouMean(defaultCountry, Object.keys(countries))}. Write the numbers with + and the country's code instead`,
    );
  const [callingCode, trunk] = country;
  const code = quoteText(callingCode, "duckdb");
  if (trunk === "") return `${code} || ${digits}`;
  const prefix = quoteText(trunk, "duckdb");
  return `${code} || CASE WHEN starts_with(${digits}, ${prefix}) THEN substr(${digits}, ${trunk.length + 1}) ELSE ${digits} END`;
}
