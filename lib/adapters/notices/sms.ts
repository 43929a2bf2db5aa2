import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import type { SmsSender } from '../../ports.ts';
import { SHORT_ANSWERS } from '../time-limits.ts';

const sns = new SNSClient({ maxAttempts: 3, requestHandler: SHORT_ANSWERS });

/** What SNS says of a number that it will never send to. */
const NEVER = new Set(['InvalidParameterException', 'InvalidParameter', 'ParameterValueInvalid', 'OptedOutException', 'OptedOut']);

/** Sends SMS to single numbers. */
export function snsSms(): SmsSender {
  return {
    async send(number, text) {
      try {
        await sns.send(
          new PublishCommand({ PhoneNumber: number, Message: text, MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } } }),
        );
        return { kind: 'sent' };
      } catch (error) {
        if (error instanceof SNSServiceException && NEVER.has(error.name)) return { kind: 'refused', reason: `le SMS a été refusé (${error.name})` };
        throw error;
      }
    },
  };
}
