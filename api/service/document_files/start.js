"use strict";

SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#document",
  deepLinking: true,
  // A token lasts as long as the page: it is kept nowhere.
  persistAuthorization: false,
  // The document is ours, whatever an address that somebody was sent says.
  queryConfigEnabled: false,
  // By default it would be sent to a validator on the internet.
  validatorUrl: null,
});
