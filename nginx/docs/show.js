// Shows the contract.  Nothing is sent anywhere but to where it lies.
/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: '/api/openapi.yaml',
  dom_id: '#contract',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null,
});
