import {
  BadRequestException,
  ForbiddenException,
  InternalServerErrorException,
  NotFoundException,
} from '@nestjs/common';
import { OCI_ERROR_CODES, OciError, type OciErrorCode } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { ociErrorFormat, problemFormat } from './error-bodies.js';
import { toFailure } from './failure.js';
import { MalformedBodyError, notFound, ProblemError } from './http-errors.js';

const named = (name: string) => Object.assign(new Error('secret of the layer below'), { name });
const withStatus = (statusCode: number) => Object.assign(new Error('told'), { statusCode });
const CONSTANT = 'Something went wrong on our side.';

describe('toFailure', () => {
  it.each(Object.keys(OCI_ERROR_CODES) as OciErrorCode[])(
    'gives %s its status, its headers and its envelope',
    (code) => {
      const error = new OciError(code, { message: 'm', detail: { a: 1 }, headers: { 'X-Y': 'z' } });
      const failure = toFailure(error);
      expect(failure).toMatchObject({ status: OCI_ERROR_CODES[code].status, headers: { 'X-Y': 'z' }, isDefect: false });
      expect(ociErrorFormat(failure, 'id')).toEqual({
        contentType: 'application/json',
        body: { errors: [{ code, message: 'm', detail: { a: 1 } }] },
      });
    },
  );

  it.each([
    ['a problem', new ProblemError(409, 'taken', { errors: [{ field: 'name', message: 'taken' }] }), 409, 'taken'],
    ['nothing there', notFound('The tag x'), 404, 'The tag x does not exist, or you may not see it.'],
    ['a malformed body', new MalformedBodyError('the body is not JSON'), 400, 'the body is not JSON'],
    ['an unknown route', new NotFoundException('Cannot GET /x'), 404, 'Cannot GET /x'],
    ['a guard that says no', new ForbiddenException('Forbidden resource'), 403, 'Forbidden resource'],
    ['a pipe that says no', new BadRequestException('no'), 400, 'no'],
    ['a refusal of Fastify', withStatus(413), 413, 'told'],
  ])('tells the client of %s', (_, error, status, message) => {
    expect(toFailure(error)).toMatchObject({ status, message, isDefect: false });
  });

  it.each(['DatabaseUnavailableError', 'StorageUnavailableError', 'PasswordQueueFullError'])(
    'calls %s "not now", with Retry-After and without a word of the cause',
    (name) => {
      const failure = toFailure(named(name));
      expect(failure).toMatchObject({ status: 503, headers: { 'Retry-After': '5' }, isDefect: false });
      expect(failure.message).not.toContain('secret');
      expect(ociErrorFormat(failure, 'id').body).toMatchObject({ errors: [{ code: 'UNAVAILABLE' }] });
    },
  );

  it('says who can help when storage is full, and not to try again', () => {
    const failure = toFailure(named('StorageFullError'));
    expect(failure).toMatchObject({ status: 507, headers: {}, isDefect: false });
    expect(failure.message).toContain('operator');
    expect(ociErrorFormat(failure, 'id').body).toMatchObject({ errors: [{ code: 'UNAVAILABLE' }] });
  });

  it.each<[string, unknown]>([
    ['a bare error', new Error('SELECT * FROM secret')],
    ['a TypeError', new TypeError('x is not a function')],
    ['an error that calls itself 500', withStatus(500)],
    ['an error that calls itself 200', withStatus(200)],
    ['an error of Nest about itself', new InternalServerErrorException('inside')],
    ['a string', 'secret'],
    ['nothing', undefined],
    ['null', null],
    ['an object', { statusCode: 'x', secret: 1 }],
  ])('calls %s a defect, and says one constant sentence', (_, error) => {
    const failure = toFailure(error);
    expect(failure).toEqual({
      status: 500,
      message: CONSTANT,
      headers: {},
      errors: [],
      members: {},
      oci: undefined,
      isDefect: true,
    });
    expect(ociErrorFormat(failure, 'id').body).toEqual({ errors: [{ code: 'UNKNOWN', message: CONSTANT }] });
  });
});

describe('ociErrorFormat', () => {
  it.each([
    [400, 'NAME_INVALID'],
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [404, 'NAME_UNKNOWN'],
    [405, 'UNSUPPORTED'],
    [413, 'SIZE_INVALID'],
    [414, 'NAME_INVALID'],
    [415, 'UNSUPPORTED'],
    [416, 'RANGE_INVALID'],
    [429, 'TOOMANYREQUESTS'],
    [431, 'UNSUPPORTED'],
  ])('words a refusal with %i as %s', (status, code) => {
    expect(ociErrorFormat(toFailure(withStatus(status)), 'id').body).toEqual({ errors: [{ code, message: 'told' }] });
  });
});

describe('problemFormat', () => {
  it("is RFC 9457 with the request's id and the fields", () => {
    const failure = toFailure(
      new ProblemError(400, 'name: too short', { errors: [{ field: 'name', message: 'too short' }] }),
    );
    expect(problemFormat(failure, 'r1')).toEqual({
      contentType: 'application/problem+json',
      body: {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'name: too short',
        requestId: 'r1',
        errors: [{ field: 'name', message: 'too short' }],
      },
    });
  });
});
