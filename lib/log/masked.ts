const TOKEN = /\beyJ[\w-]+(?:\.[\w-]*)*/gu;
/** Secrets, tokens of other kinds, digests. */
const LONG_WORD = /[A-Za-z0-9+/_-]{40,}={0,2}/gu;
/** A subscriber's number in any spelling has at least this many digits, whatever stands between them. */
const NUMBER = /\+?\d(?:[ .\-()]{0,2}\d){7,}/gu;
/** An e-mail address. */
const ADDRESS = /[^\s@<>"]{1,64}@[\p{L}\p{N}._-]{1,255}/gu;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/giu;

/** A text in which phone numbers keep their last two digits, and addresses and tokens nothing. The ids of requests and messages, which are UUIDs, stay. */
export function masked(text: string): string {
  let end = 0;
  let result = '';
  for (const { index, 0: uuid } of text.matchAll(UUID)) {
    result += maskedPart(text.slice(end, index)) + uuid;
    end = index + uuid.length;
  }
  return result + maskedPart(text.slice(end));
}

function maskedPart(text: string): string {
  return text
    .replaceAll(ADDRESS, '<adresse>')
    .replaceAll(TOKEN, '<jeton>')
    .replaceAll(LONG_WORD, '<secret>')
    .replaceAll(NUMBER, (number) => `••••${number.slice(-2)}`);
}
