export type { BodyParsing } from './body-parsing.js';
export { clientNetwork } from './client-network.js';
export { type AppOptions, createApp, handlerOf } from './create-app.js';
export { type ErrorFormat, ociErrorFormat, problemFormat } from './error-bodies.js';
export { FailureFilter } from './exception.filter.js';
export { type Failure, toFailure } from './failure.js';
export {
  type FieldError,
  fieldProblem,
  MalformedBodyError,
  notFound,
  ProblemError,
  type ProblemMembers,
  type ProblemOptions,
} from './http-errors.js';
export { IS_PUBLIC, Public } from './public.decorator.js';
export type { RequestLogger } from './request-logger.js';
export { refuseUnusableUrls } from './unusable-urls.js';
