/** Tags that stand inside a word or a number without a gap between what they part. */
const inline =
  /<\/?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tspan|tt|u|var|wbr)(?:\s[^<>]*)?\/?>|<!--[\s\S]*?-->/gi;

const anyTag = /<\/?[a-z!][^<>]*>/gi;

/** Parts of a page that are programs and styles: text for machines, not words about people. */
const machineParts = /<style[\s>][\s\S]*?<\/style>|<script(?![^>]*json)[^>]*>[\s\S]*?<\/script>/gi;

/** The words of a page as they are seen: parts of a word on both sides of an inline tag joined, other tags a gap. Lines keep their numbers. */
export function visibleText(markup: string): string {
  return markup.replace(inline, lineEnds).replace(anyTag, (tag) => ` ${lineEnds(tag)}`);
}

/** A page without its programs and styles; data in script elements stay. */
export function withoutPrograms(markup: string): string {
  return markup.replace(machineParts, lineEnds);
}

function lineEnds(text: string): string {
  return text.replace(/[^\n]+/g, "");
}
