import { Aws } from 'aws-cdk-lib';
import type { Stage } from '../stage.ts';
import type { NodeFunction } from './node-function.ts';

/** Tells a function by what the stage tells people. */
export function tellChannels(fn: NodeFunction, { notices }: Stage): void {
  fn.tell('noticeChannels', JSON.stringify(notices));
}

/** Lets a function send by the channels that the stage has: e-mail from the one address, SMS to telephones and nothing to topics. */
export function allowChannels(fn: NodeFunction, stage: Stage): void {
  tellChannels(fn, stage);
  const { mailFrom, sms } = stage.notices;
  if (mailFrom !== undefined) {
    // SES verifies an address or its domain: whichever of the two is there.
    const identities = [mailFrom, mailFrom.slice(mailFrom.indexOf('@') + 1)].map((name) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${name}`);
    fn.allow(['ses:SendEmail'], identities, { StringEquals: { 'ses:FromAddress': mailFrom } });
  }
  // A telephone has no ARN: what is allowed is everything that is no topic.
  if (sms) fn.allowAllBut(['sns:Publish'], [`arn:${Aws.PARTITION}:sns:*:*:*`]);
}
