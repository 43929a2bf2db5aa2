import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { MailSender } from '../../ports.ts';
import { SHORT_ANSWERS } from '../time-limits.ts';

const ses = new SESv2Client({ maxAttempts: 3, requestHandler: SHORT_ANSWERS });

/** What SES says of a message that it will never take. */
const NEVER = new Set(['MessageRejected', 'BadRequestException', 'MailFromDomainNotVerifiedException', 'NotFoundException', 'AccountSuspendedException']);

/** Sends e-mail from an address that SES has verified. */
export function sesMail(from: string): MailSender {
  return {
    async send(to, { subject, text, html }) {
      const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
      try {
        await ses.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            Content: { Simple: { Subject: part(subject), Body: { Text: part(text), Html: part(html) } } },
          }),
        );
        return { kind: 'sent' };
      } catch (error) {
        if (error instanceof SESv2ServiceException && NEVER.has(error.name)) return { kind: 'refused', reason: `le courriel a été refusé (${error.name})` };
        throw error;
      }
    },
  };
}
