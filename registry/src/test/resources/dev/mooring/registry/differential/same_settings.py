"""Connects to the registry's database with the registry's own settings, and prints the models that are in it."""

import os

import psycopg2

with psycopg2.connect(
    host=os.environ["DATABASE_HOST"],
    port=os.environ["DATABASE_PORT"],
    user=os.environ["DATABASE_USER"],
    password=os.environ["DATABASE_PASSWORD"],
    dbname=os.environ["DATABASE_NAME"],
    connect_timeout=10,
) as connection, connection.cursor() as cursor:
    cursor.execute("select name from mooring.model order by name")
    for (name,) in cursor.fetchall():
        print(name)
