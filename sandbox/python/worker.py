#!/usr/bin/env python3
"""A math worker in another language: it knows the system by its AsyncAPI document alone.

    worker.py http://127.0.0.1:7070/asyncapi.json [--count 3]

Where to, with which priority, and what a body must have: all of it is read from the document. The broker is in ConnectionStrings__rabbitmq.
It does what every consumer owes its queue: it acks a message only when the broker has confirmed all that follows from it, and what it cannot
read it sends to the dead-letter queue. A second delivery is no harm: only the first outcome of a step counts.
"""
import argparse
import datetime
import json
import os
import sys
import time
import urllib.request
import uuid
from fractions import Fraction
from functools import reduce

import pika

METHODS = {"add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a * b, "divide": lambda a, b: a / b}


class Contract:
    """One message of the document: where it goes, how it is sent, and what its body must have."""

    def __init__(self, document, name):
        resolve = lambda pointer: reduce(lambda node, key: node[key.replace("~1", "/").replace("~0", "~")], pointer["$ref"][2:].split("/"), document)
        operation = document["operations"][name]
        channel = resolve(operation["channel"])
        self.name = name
        self.queue, self.exchange, self.dead_letters = channel["address"], channel["x-exchange"], channel["x-dead-letter-queue"]
        self.amqp = operation["bindings"]["amqp"]
        self.required = document["components"]["messages"][name]["payload"].get("required", [])

    def read(self, body):
        message = json.loads(body)
        missing = [name for name in self.required if name not in message]
        if missing:
            raise ValueError(f"{self.name} has no {', '.join(missing)}")
        return message

    def publish(self, channel, user, message, cause, message_id):
        self.read(json.dumps(message))
        # A receiver recognises a copy by its id: the same outcome of the same message has the same one.
        channel.basic_publish(self.exchange, self.queue, json.dumps(message), mandatory=self.amqp["mandatory"], properties=pika.BasicProperties(
            type=self.name, message_id=message_id, user_id=user, app_id="python-worker", content_type="application/json", priority=self.amqp["priority"],
            delivery_mode=self.amqp["deliveryMode"], timestamp=int(time.time()), headers=carried(cause)))


def carried(cause):
    """The trace and what the message belongs to go on with what follows from it."""
    headers = cause.headers or {}
    return {name: headers[name] for name in ("traceparent", "tracestate", "mom-correlation", "mom-tenant") if name in headers}


def calculate(method, numbers):
    result = reduce(METHODS[method], [Fraction(number) for number in numbers])
    if result.denominator != 1:
        raise ArithmeticError(f"{result} is no whole number, and this worker knows no others")
    return str(result.numerator)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("document", help="address of /asyncapi.json")
    arguments.add_argument("--count", type=int, default=0, help="ends after so many messages; 0 for never")
    options = arguments.parse_args()
    with urllib.request.urlopen(options.document) as answer:
        document = json.load(answer)
    step, done, failed = (Contract(document, name) for name in ("math.step.v1", "job.step-done.v1", "job.step-failed.v1"))

    broker = pika.URLParameters(os.environ["ConnectionStrings__rabbitmq"])
    channel = pika.BlockingConnection(broker).channel()
    channel.confirm_delivery()
    channel.basic_qos(prefetch_count=1)
    user, handled = broker.credentials.username, 0
    print(f"Waiting for {step.name} from {step.queue}", flush=True)
    for method, properties, body in channel.consume(step.queue):
        started = datetime.datetime.now(datetime.timezone.utc).isoformat()
        outcome_id = lambda name: str(uuid.uuid5(uuid.NAMESPACE_OID, f"{properties.message_id} {name}"))
        try:
            message = step.read(body)
            outcome = {"jobId": message["jobId"], "step": message["step"], "run": message.get("run", 1), "attempts": 1, "startedAt": started}
            try:
                done.publish(channel, user, outcome | {"result": calculate(message["method"], message["numbers"])}, properties, outcome_id(done.name))
            except (ArithmeticError, KeyError) as error:
                failed.publish(channel, user, outcome | {"error": f"{error}"}, properties, outcome_id(failed.name))
        except ValueError as error:
            properties.user_id = user
            properties.headers = (properties.headers or {}) | {
                "mom-dead-reason": "MalformedBody", "mom-origin-queue": step.queue, "mom-exception-message": f"{error}"[:1024], "mom-last-failed-at": started}
            channel.basic_publish(step.exchange, step.dead_letters, body, properties, mandatory=True)
        # Each publish above has returned, so it is confirmed; had it not been, it would have thrown, and the message would come again.
        channel.basic_ack(method.delivery_tag)
        handled += 1
        print(f"Handled {handled}", flush=True)
        if handled == options.count:
            return 0


if __name__ == "__main__":
    sys.exit(main())
