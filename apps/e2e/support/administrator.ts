/** The administrator of what the suites share, and of a Stowage that is started with `administratorEnvironment`. */
export const administrator = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };

export const administratorEnvironment = {
  STOWAGE_ADMIN_USERNAME: administrator.username,
  STOWAGE_ADMIN_EMAIL: administrator.email,
  STOWAGE_ADMIN_PASSWORD: administrator.password,
};
