import type { LocalService } from '../../lib/local/service-endpoints.ts';
import type { DisturbedService } from './service-call.ts';

/** An answer as a service words it. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What goes wrong at the service: it is asked too much; it does not allow the call; it is broken. */
export type Complaint = 'throttled' | 'denied' | 'broken';

const JSON_1_0 = 'application/x-amz-json-1.0';
const JSON_1_1 = 'application/x-amz-json-1.1';

const ANSWERS = {
  dynamodb: {
    throttled: json(
      400,
      JSON_1_0,
      'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded.',
    ),
    denied: json(400, JSON_1_0, 'com.amazon.coral.service#AccessDeniedException', 'User: arn:aws:sts::000000000000:assumed-role/x is not authorized to perform this action'),
    broken: json(500, JSON_1_0, 'com.amazonaws.dynamodb.v20120810#InternalServerError', 'Internal server error'),
  },
  sqs: {
    throttled: json(400, JSON_1_0, 'com.amazonaws.sqs#RequestThrottled', 'Request is throttled.', { 'x-amzn-query-error': 'RequestThrottled;Sender' }),
    denied: json(403, JSON_1_0, 'com.amazon.coral.service#AccessDeniedException', 'Access to the resource is denied.'),
    broken: json(500, JSON_1_0, 'com.amazon.coral.service#InternalFailure', 'We encountered an internal error. Please try again.'),
  },
  s3: {
    throttled: xml(503, 'SlowDown', 'Please reduce your request rate.'),
    denied: xml(403, 'AccessDenied', 'Access Denied'),
    broken: xml(500, 'InternalError', 'We encountered an internal error. Please try again.'),
  },
  cognito: {
    throttled: json(400, JSON_1_1, 'TooManyRequestsException', 'Rate exceeded'),
    denied: json(400, JSON_1_1, 'AccessDeniedException', 'User is not authorized to perform this action'),
    broken: json(500, JSON_1_1, 'InternalErrorException', 'Something went wrong'),
  },
  mail: {
    throttled: json(429, JSON_1_1, 'TooManyRequestsException', 'Too many requests'),
    denied: json(403, JSON_1_1, 'AccessDeniedException', 'User is not authorized to perform this action'),
    broken: json(500, JSON_1_1, 'InternalServiceErrorException', 'Internal failure'),
  },
  sms: {
    throttled: queryXml(400, 'Throttled', 'Rate exceeded'),
    denied: queryXml(403, 'AuthorizationError', 'User is not authorized to perform this action'),
    broken: queryXml(500, 'InternalError', 'Internal failure'),
  },
} as const satisfies Record<LocalService, Record<Complaint, ServiceAnswer>>;

/** What the pool's domain, its key set and the receivers of webhooks say, which no SDK asks. */
const WEB_ANSWERS = {
  throttled: json(429, 'application/json', 'TooManyRequestsException', 'Rate exceeded'),
  denied: json(403, 'application/json', 'AccessDeniedException', 'Forbidden'),
  broken: json(500, 'application/json', 'InternalErrorException', 'Something went wrong'),
} as const satisfies Record<Complaint, ServiceAnswer>;

export function complaintOf(service: DisturbedService, complaint: Complaint, bySdk: boolean): ServiceAnswer {
  return bySdk && service !== 'webhook' ? ANSWERS[service][complaint] : WEB_ANSWERS[complaint];
}

function json(status: number, type: string, error: string, message: string, headers: Readonly<Record<string, string>> = {}): ServiceAnswer {
  return { status, headers: { 'content-type': type, 'x-amzn-errortype': error, 'x-amzn-requestid': 'fault', ...headers }, body: JSON.stringify({ __type: error, message }) };
}

function queryXml(status: number, code: string, message: string): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'fault' },
    body: `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>fault</RequestId></ErrorResponse>`,
  };
}

function xml(status: number, code: string, message: string): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'fault' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>fault</RequestId><HostId>fault</HostId></Error>`,
  };
}
