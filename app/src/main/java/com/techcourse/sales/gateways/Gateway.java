package com.techcourse.sales.gateways;

/**
 * Who takes money for the academy. Asked outside of any transaction, and asked again when an answer got lost: the id of
 * the payment, or of the request to give back, is the key under which the gateway does a thing once.
 */
interface Gateway {

    /** As it stands in {@code sales.payments.gateway}. */
    String name();

    /** Whether it can do with these means of the buyer; refuses (422) what it cannot. */
    void check(Means means);

    /** Asks for the money; the same due is never charged twice. */
    Answer ask(Due due);

    /** What became of it. */
    Answer look(Due due);

    /** Gives money back; the same request is never given back twice. */
    GivenBack giveBack(Return wanted);
}
