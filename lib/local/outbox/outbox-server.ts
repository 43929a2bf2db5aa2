import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as z from 'zod';
import { type OutboxFiles, outboxFiles } from './outbox-files.ts';

export interface OutboxServer {
  /** The endpoint of SES: `http://127.0.0.1:<port>`. */
  readonly mail: string;
  /** The endpoint of SNS: another port. */
  readonly sms: string;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const part = z.object({ Data: z.string() });
/** `SendEmail` of SES v2, as this app uses it. */
const sendEmail = z.object({
  FromEmailAddress: z.email(),
  Destination: z.object({ ToAddresses: z.array(z.email()).min(1).max(50) }),
  Content: z.object({ Simple: z.object({ Subject: part, Body: z.object({ Text: part, Html: part }) }) }),
});
/** `Publish` of SNS to one telephone. */
const publish = z.object({
  Action: z.literal('Publish'),
  PhoneNumber: z.string().regex(/^\+[1-9]\d{7,14}$/u),
  Message: z.string().min(1).max(1_600),
});

/**
 * What stands in for SES and SNS on one machine: takes what they would send, and leaves it in a folder where it can be read. Nothing leaves the machine.
 * Identities, sandboxes, quotas and signatures are not played.
 */
export async function startOutboxServer(folder: string): Promise<OutboxServer> {
  const files = outboxFiles(folder);
  const [mail, sms] = await Promise.all([
    listen(async (incoming, body) => (incoming === 'POST /v2/email/outbound-emails' ? mailAnswer(files, body) : unknown(incoming))),
    listen(async (incoming, body) => (incoming === 'POST /' ? smsAnswer(files, body) : unknown(incoming))),
  ]);
  return {
    mail: mail.url,
    sms: sms.url,
    async stop() {
      await Promise.all([mail.stop(), sms.stop()]);
    },
  };
}

/** @param answerTo is given method and path of a request, and its body */
async function listen(answerTo: (incoming: string, body: string) => Promise<Answer>): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer(async (incoming, response) => {
    try {
      send(response, await answerTo(`${incoming.method} ${incoming.url || '/'}`, await readText(incoming)));
    } catch (error) {
      console.error('local outbox: defect', error);
      send(response, { status: 500, type: 'text/plain', body: 'defect' });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function unknown(incoming: string): Answer {
  return { status: 404, type: 'text/plain', body: `this local outbox does not know ${incoming}` };
}

async function mailAnswer(files: OutboxFiles, body: string): Promise<Answer> {
  const parsed = sendEmail.safeParse(JSON.parse(body));
  if (!parsed.success) return json(400, { message: z.prettifyError(parsed.error) }, { 'x-amzn-errortype': 'BadRequestException' });
  const { FromEmailAddress: from, Destination, Content } = parsed.data;
  const { Subject, Body } = Content.Simple;
  return json(200, { MessageId: await files.mail({ from, to: Destination.ToAddresses, subject: Subject.Data, text: Body.Text.Data, html: Body.Html.Data }) });
}

async function smsAnswer(files: OutboxFiles, body: string): Promise<Answer> {
  const parsed = publish.safeParse(Object.fromEntries(new URLSearchParams(body)));
  if (!parsed.success) return xml(400, '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>not an SMS</Message></Error></ErrorResponse>');
  const id = await files.sms({ to: parsed.data.PhoneNumber, text: parsed.data.Message });
  return xml(
    200,
    `<PublishResponse><PublishResult><MessageId>${id}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
  );
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body), headers };
}

function xml(status: number, body: string): Answer {
  return { status, type: 'text/xml', body };
}

function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...headers });
  response.end(body);
}
