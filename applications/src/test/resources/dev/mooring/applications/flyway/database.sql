create schema things;
