export { ApiError, BrokenContractError, isApiError } from './api-error.js';
export { Client, type ClientOptions, type PageRequest } from './client.js';
export type { ItemOf, ListParts, ListRoute, ListRest } from './list-route.js';
export type { Rest, RouteRequest, Tagged } from './route-request.js';
