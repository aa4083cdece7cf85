import assert from "node:assert/strict";
import { test } from "node:test";
import { readDate, sniffDates } from "#src/propose/date-format.js";
import { findBatteries } from "#src/propose/find-items.js";
import { sniffNumbers } from "#src/propose/number-style.js";
import { orderLevels } from "#src/propose/order-levels.js";
import { findPersonalData } from "#src/propose/personal-data.js";
import { plainWords } from "#src/propose/plain-words.js";
import { profileColumns } from "#src/propose/profile-column.js";
import { sniffDialect } from "#src/propose/sniff-dialect.js";
import { isBinary, sniffEncoding } from "#src/propose/sniff-encoding.js";
import { means } from "#src/propose/words.js";
import { columnOf, sampleOf } from "./made-sample.js";

test("an encoding is told from a mark, from zeros, and from bytes that UTF-8 does not have", () => {
  assert.equal(sniffEncoding(Buffer.from("\ufeffname;größe\n", "utf8")), "utf-8");
  assert.equal(sniffEncoding(Buffer.from("\ufeffname;größe\n", "utf16le")), "utf-16");
  assert.equal(sniffEncoding(Buffer.from("name;groesse\nEva;170\n", "utf16le")), "utf-16");
  assert.equal(sniffEncoding(Buffer.from("name;größe\n", "latin1")), "latin-1");
  // A sample that ends in the middle of a letter is UTF-8 all the same.
  assert.equal(sniffEncoding(Buffer.from("name;größe", "utf8").subarray(0, 8)), "utf-8");
});

test("bytes that are no text are told from text", () => {
  assert.equal(isBinary(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0])), true);
  assert.equal(isBinary(Buffer.from("a,b\n1,2\n")), false);
});

test("delimiter, quotes and header are told from the records", () => {
  const dialect = (text: string) => sniffDialect(Buffer.from(text), { isWhole: true });
  assert.deepEqual(dialect("id,name\n1,Eva\n2,Al\n"), { delimiter: ",", quote: '"', hasHeader: true });
  assert.equal(dialect("id;price\n1;2,50\n2;3,10\n").delimiter, ";");
  assert.equal(dialect('id\tnote\n1\t"a, b"\n2\t"c, d"\n').delimiter, "\t");
  assert.equal(dialect("id,note\n1,'a, b'\n2,'c, d'\n3,'e, f'\n").quote, "'");
  const spaced = dialect(" 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n");
  assert.deepEqual(spaced, { delimiter: "whitespace", quote: '"', hasHeader: false });
});

test("the order of day and month is decided by a number above 12, else by sorting, else it is open", () => {
  assert.equal(sniffDates(["04-09-2012", "13-01-2013"])?.format, "%d-%m-%Y");
  assert.equal(sniffDates(["04/09/2012", "01/13/2013"])?.format, "%m/%d/%Y");
  // Read month first these days rise; read day first they jump.
  const rising = [
    "01/02/2024",
    "01/09/2024",
    "01/11/2024",
    "02/01/2024",
    "02/08/2024",
    "03/05/2024",
    "04/02/2024",
  ];
  assert.equal(sniffDates(rising)?.format, "%m/%d/%Y");
  assert.match(sniffDates(rising)?.because ?? "", /rise down the file/);
  const open = sniffDates(["05/06/2024", "03/04/2024", "07/08/2024"]);
  assert.deepEqual([open?.format, open?.ambiguousWith], ["%d/%m/%Y", "%m/%d/%Y"]);
});

test("dates are read with times, month names and without marks, and a day that does not exist is none", () => {
  assert.equal(sniffDates(["2011-12-09 12:50:00", "2010-12-01 08:26:00"])?.format, "%Y-%m-%d %H:%M:%S");
  assert.equal(sniffDates(["19970101", "19980630"])?.format, "%Y%m%d");
  assert.equal(sniffDates(["03-Jan-2024", "28-Feb-2024"])?.format, "%d-%b-%Y");
  assert.equal(readDate("2024-02-30", "%Y-%m-%d"), undefined);
  assert.equal(sniffDates(["12345678", "99999999"]), undefined);
});

test("decimal mark and groups of digits are told from the numbers", () => {
  const styleOf = (values: readonly string[]) => {
    const { decimalSeparator, thousandsSeparator } = sniffNumbers(values)!;
    return [decimalSeparator, thousandsSeparator];
  };
  assert.deepEqual(styleOf(["1.5", "20"]), [".", ""]);
  assert.deepEqual(styleOf(["1,5", "20,25"]), [",", ""]);
  assert.deepEqual(styleOf(["1.234,50", "7,00"]), [",", "."]);
  assert.deepEqual(styleOf(["1,234.50", "7.00"]), [".", ","]);
  assert.equal(sniffNumbers(["12", "x", "y"]), undefined);
  assert.equal(sniffNumbers(["17850.0", "13047.0"])?.hasFloatIds, true);
});

test("names are understood in several languages", () => {
  assert.equal(plainWords("Größe_derKundenNr."), "groesse der kunden nr");
  for (const name of [
    "CustomerID",
    "Kundennummer",
    "id_client",
    "Cliente",
    "user id",
    "N° client".replace("N° ", "no "),
  ])
    assert.ok(means(plainWords(name), "customer"), name);
  for (const name of ["Rechnungsnummer", "InvoiceNo", "numero facture".replace("numero ", "no "), "pedido"])
    assert.ok(means(plainWords(name), "invoice"), name);
  assert.equal(means("order date", "invoice"), false);
  assert.ok(means(plainWords("Einzelpreis"), "price") && means(plainWords("Preço"), "price"));
});

test("words and bands with an order are put from low to high, others are not", () => {
  const education = ["PhD", "Basic", "Graduation", "Master", "2n Cycle"];
  assert.deepEqual(orderLevels(education), ["Basic", "Graduation", "2n Cycle", "Master", "PhD"]);
  assert.deepEqual(orderLevels(["25-34", "65+", "18-24", "35-64"]), ["18-24", "25-34", "35-64", "65+"]);
  assert.deepEqual(orderLevels(["hoch", "niedrig", "mittel"]), ["niedrig", "mittel", "hoch"]);
  assert.equal(orderLevels(["Single", "Married", "Divorced"]), undefined);
});

test("personal data are told by content: e-mail, phone, IBAN and cards by their check digits", () => {
  const kind = (name: string, values: readonly string[]) => findPersonalData(columnOf(name, values));
  assert.equal(kind("contact", ["eva@example.com", "al@example.org"]), "e-mail");
  assert.equal(kind("x", ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"]), "IBAN");
  // The last digit changed: no IBAN and no card any more.
  assert.notEqual(kind("x", ["DE89 3704 0044 0532 0130 01", "GB82WEST12345698765433"]), "IBAN");
  assert.equal(kind("x", ["4111 1111 1111 1111", "5500005555555559"]), "card number");
  assert.notEqual(kind("x", ["4111 1111 1111 1112", "5500005555555558"]), "card number");
  assert.equal(kind("Telefon", ["+49 30 1234567", "+49 89 7654321"]), "phone");
  assert.equal(kind("Nachname", ["Meier", "Schulz"]), "name");
  assert.equal(kind("age", ["31", "42"]), undefined);
});

test("items of a questionnaire are told by name and answers; codes that stand apart are no answers", () => {
  const rows = Array.from({ length: 60 }, (_, i) => [1, 2, 3].map((item) => String(((i + item) % 5) + 1)));
  for (const row of rows.slice(0, 5)) row[0] = "99";
  const [battery] = findBatteries(profileColumns(sampleOf(["q01", "q02", "q03"], rows)));
  assert.deepEqual(battery?.range, [1, 5]);
  assert.deepEqual(battery?.missingCodes, [99]);
});
