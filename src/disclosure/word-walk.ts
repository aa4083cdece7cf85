/** A run of letters and digits. */
export interface Word {
  /** In lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Hands over the words of a text one by one, in order. O(length). */
export function walkWords(text: string, visit: (word: Word) => void): void {
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && isWordCode(text.charCodeAt(i))) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      visit({ text: text.slice(start, i).toLowerCase(), start, end: i });
      start = -1;
    }
  }
}

function isWordCode(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && !(code >= 0x2000 && code <= 0x206f))
  );
}

/** The words of a short text, with a space between. */
export function wordsOf(text: string): string {
  const words: string[] = [];
  walkWords(text, ({ text: word }) => words.push(word));
  return words.join(" ");
}
