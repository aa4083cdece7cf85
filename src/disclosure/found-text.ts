/** What a scan looks for. */
export type LeakKind = "e-mail" | "phone" | "customer-key" | "card-number" | "iban" | "name" | "address";

/** A piece of text that tells of a person. */
export interface FoundText {
  readonly kind: LeakKind;
  /** As it was found, in its plain form. Never shown to anyone: it is what must not be told. */
  readonly text: string;
  /** In characters. */
  readonly offset: number;
}
