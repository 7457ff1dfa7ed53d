// What a refusal says to a person, by its code; `other` for the rest.
export default {
  network: 'No answer came. Check your connection; what you typed is still here.',
  timeout: 'It took too long. Check your connection and try again.',
  unavailable: 'The service is not available. Try again in a moment.',
  rate_limited: 'Too many tries. Wait a few minutes, then try again.',
  credentials_wrong: 'That e-mail and password do not go together.',
  role_wrong: 'Your account may not do this.',
  fields_invalid: 'Some of it is not right. Look at the marked fields.',
  code_wrong: 'That code is wrong or no longer good.',
  conflict: 'This has changed in the meantime. Load the page again.',
  not_found: 'That is no longer there.',
  required: 'Fill this in.',
  email: 'This is not an e-mail address.',
  too_short: 'This is too short: {min} characters or more.',
  too_long: 'This is too long: {max} characters at most.',
  other: 'That did not work. Try again. (Details: {code})',
} as const;
