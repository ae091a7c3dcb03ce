package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Where a certificate is checked: its QR code leads here. */
@Controller
class CertificatePage {

    private final ActingTransactions transactions;

    CertificatePage(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/certificates/{number}")
    String certificate(@PathVariable String number, Model model) {
        Certificate certificate = transactions
                .read(Acting.visitor(), database -> Certificate.find(database, CertificatesApi.canonical(number)))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("certificate", certificate);
        return "learning/certificate";
    }
}
