import * as z from 'zod';

/** By what a stage tells people: the setting of cdk.json, and what functions are given of it. */
export const noticeChannels = z.strictObject({
  /** The sender of e-mail, an identity that SES has verified; no e-mail where absent. */
  mailFrom: z.email().optional(),
  /** Whether SMS go out: SNS charges each, and the account must have left its sandbox. */
  sms: z.boolean(),
  /** Whether webhooks may also go to this machine itself, without TLS and to any port. */
  localWebhooks: z.boolean(),
});

export type NoticeChannels = Readonly<z.infer<typeof noticeChannels>>;

/** @throws Error where the variable is not what the stack writes there */
export function readNoticeChannels(text: string): NoticeChannels {
  return noticeChannels.parse(JSON.parse(text));
}
