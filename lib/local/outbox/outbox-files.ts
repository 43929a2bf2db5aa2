import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A message that would have left the machine. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface OutgoingSms {
  readonly to: string;
  readonly text: string;
}

/** Where messages are left to be read: one file each, the oldest first by name. */
export interface OutboxFiles {
  /** `<moment>-courriel-<id>.eml`: mail programs open it. @returns the message's id */
  mail(mail: OutgoingMail): Promise<string>;
  /** `<moment>-sms-<id>.txt` @returns the message's id */
  sms(sms: OutgoingSms): Promise<string>;
}

/** Where the messages of a local cloud are left. */
export function outboxFolder(dataDir: string): string {
  return join(dataDir, 'outbox');
}

export function outboxFiles(folder: string): OutboxFiles {
  const leave = async (kind: string, ending: string, text: string): Promise<string> => {
    const id = randomUUID();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${new Date().toISOString().replace(/[:.]/gu, '-')}-${kind}-${id}.${ending}`), text);
    return id;
  };
  return {
    mail: (mail) => leave('courriel', 'eml', mailText(mail)),
    sms: ({ to, text }) => leave('sms', 'txt', `À : ${to}\n\n${text}\n`),
  };
}

/** A message as mail programs read it (RFC 5322). Its parts are not encoded, so that people can read them too. */
function mailText({ from, to, subject, text, html }: OutgoingMail): string {
  const boundary = `partie-${randomUUID()}`;
  const part = (type: string, body: string) => [`--${boundary}`, `Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', body];
  const head = [`From: ${header(from)}`, `To: ${to.map(header).join(', ')}`, `Subject: ${encoded(subject)}`, `Date: ${new Date().toUTCString()}`, 'MIME-Version: 1.0'];
  return [...head, `Content-Type: multipart/alternative; boundary="${boundary}"`, '', ...part('text/plain', text), ...part('text/html', html), `--${boundary}--`, ''].join('\r\n');
}

/** An encoded word holds 45 bytes at most: longer texts are several, one a line. */
function encoded(subject: string): string {
  const words: string[] = [];
  let word = '';
  for (const letter of subject) {
    if (Buffer.byteLength(word + letter) > 45) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}

function header(text: string): string {
  return text.replace(/[\r\n]/gu, ' ');
}
